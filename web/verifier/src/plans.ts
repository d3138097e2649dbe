// SPDX-License-Identifier: Apache-2.0
//
// Audits, quick counts and lists of tests, as far as the log has them: which of their entries count for
// nothing (docs/formats/entries.md). What follows from them is not worked out here; no result rests on it.

import { wrong } from "./bytes.js";
import type { JsonObject } from "./canon.js";
import type { Definition } from "./definition.js";
import { compare, fraction, parseFraction } from "./fraction.js";

const OF_STATIONS = ["kaplan-markov", "alpha-stations", "product-stations"];
const OF_BALLOTS = ["alpha", "kelly", "bravo", "minerva", "oneaudit", "product"];
const BALLOT_SAMPLERS = ["cryptorandom", "rivest", "consistent-sampler"];

/** Throws if the words of a plan do not fit together. */
export function checkAudit(plan: JsonObject): void {
  const word = (key: string): string => plan[key] as string;
  const stations = ["transcription", "breakdown", "boxes"].includes(word("kind"));
  if (!stations && word("kind") !== "ballots") wrong("kind: no such kind");
  if (!(stations ? OF_STATIONS : OF_BALLOTS).includes(word("method"))) wrong("method: none for what is drawn");
  if (stations ? word("sampler") !== "weighted" : !BALLOT_SAMPLERS.includes(word("sampler")))
    wrong("sampler: none for what is drawn");
  const risk = parseFraction(word("risk"));
  if (!risk || risk.p <= 0n || compare(risk, fraction(1n, 2n)) > 0) wrong("risk: must be above 0 and at most 1/2");
  const winners = plan["winners"] as number;
  if (winners < 1 || winners > 1000) wrong("winners: must be at least 1");
  if ("strata" in plan !== ["product", "product-stations"].includes(word("method")))
    wrong("strata: for the products, and only for them");
  const others = (plan["with"] ?? []) as JsonObject[];
  if (others.length > 0 && (!stations || "strata" in plan)) wrong("with: not with this method");
  if (others.length > 100 || others.some((one) => (one["winners"] as number) < 1 || (one["winners"] as number) > 1000))
    wrong("with: too many contests, or none wins");
  if (!("majority" in plan)) return;
  const majority = parseFraction(word("majority"));
  if (!majority || majority.p <= 0n || majority.p >= majority.q) wrong("majority: must be a share between 0 and 1");
  if (stations || ["bravo", "minerva"].includes(word("method"))) wrong("majority: not with this method");
}

interface Plan {
  readonly audit: boolean;
  seed: boolean;
  draws: number;
  others: number;
}

export class Plans {
  private readonly plans = new Map<number, Plan>();
  private readonly names = new Set<string>();

  constructor(private readonly definition: Definition) {}

  private add(index: number, kind: "audit" | "count", name: string, others = 0): void {
    const full = `${kind} ${name}`;
    if (this.names.has(full)) wrong(`${kind}: its name is taken`);
    this.names.add(full);
    this.plans.set(index, { audit: kind === "audit", seed: false, draws: 0, others });
  }

  private audit(fields: JsonObject): Plan {
    const plan = this.plans.get(fields["plan"] as number);
    return plan?.audit ? plan : wrong("plan: no audit is there");
  }

  readonly takers: Record<string, (index: number, fields: JsonObject) => void> = {
    "audit.planned": (index, fields) => {
      checkAudit(fields);
      if ("strata" in fields && !this.definition.levels.some((one) => one.id === fields["strata"]))
        wrong("strata: the definition has no such level");
      this.add(index, "audit", fields["audit"] as string, ((fields["with"] ?? []) as JsonObject[]).length);
    },
    "quickcount.planned": (index, fields) => {
      const level = fields["level"] as string;
      if (level !== "country" && !this.definition.levels.some((one) => one.id === level))
        wrong("level: the definition has no such level");
      if (fields["size"] === 0) wrong("size: no station");
      this.add(index, "count", fields["count"] as string);
    },
    "seed.drawn": (_, fields) => {
      const plan = this.plans.get(fields["plan"] as number) ?? wrong("plan: nothing was planned there");
      if (plan.seed) wrong("plan: it has its seed");
      plan.seed = true;
    },
    "audit.drawn": (_, fields) => {
      const plan = this.audit(fields);
      const draws = fields["draws"] as number;
      if (!plan.seed) wrong("plan: no audit with a seed is there");
      if (draws <= plan.draws || draws > 1_000_000) wrong("draws: not more than there were, or too many");
      plan.draws = draws;
    },
    "audit.found": (_, fields) => {
      const plan = this.audit(fields);
      if (plan.draws === 0) wrong("plan: no audit was drawn there");
      const of = (fields["of"] ?? 0) as number;
      if (of > plan.others) wrong("of: the plan names no such contest");
      // How many options another contest has stands in its own record.
      const found = fields["what"] === "figures";
      const votes = (fields["votes"] as number[]).length;
      const fits = of === 0 ? votes === (found ? this.definition.options.length : 0) : votes > 0 === found;
      if (!fits) wrong("votes: not one count for each option");
    },
  };
}
