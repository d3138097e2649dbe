// SPDX-License-Identifier: Apache-2.0
//
// Count and judgement, worked out from the returns that count: all of result.json
// (docs/formats/result.md, docs/statistics.md).

import { type Return, cast } from "./accept.js";
import { wrong } from "./bytes.js";
import { type Json, type JsonObject, write } from "./canon.js";
import type { Claim } from "./claim.js";
import type { Total } from "./definition.js";
import { type Fraction, fraction, fractionJson, fractionText } from "./fraction.js";
import { judgeClaims } from "./judge.js";
import { sumOf } from "./sheet.js";
import type { State } from "./state.js";

interface Sums {
  returned: number;
  covered: number;
  valid: number;
  null: number;
  invalid: number;
  votes: number[];
  expected: number | undefined;
  registered: number | undefined;
}

export function electorsOf(one: Return): number {
  return one.registered ?? cast(one);
}

function votesJson(state: State, votes: readonly number[]): JsonObject {
  return Object.fromEntries(state.definition.options.map((option, i) => [option.id, votes[i]!]));
}

function rosterSum(state: State): number | undefined {
  let sum = 0;
  for (const station of state.roster?.values() ?? []) {
    if (station.registered === undefined) return undefined;
    sum += station.registered;
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** Totals that apply: the definition's, else those of a complete roster. */
export function totals(state: State): { electors: Total | undefined; stations: Total | undefined } {
  const complete = state.roster !== undefined && state.definition.rosterComplete;
  const ofRoster = (value: number | undefined, en: string, es: string): Total | undefined =>
    !complete || value === undefined
      ? undefined
      : { id: "roster", value, what: { en, es }, source: state.definition.roster! };
  return {
    electors: state.definition.electors ?? ofRoster(rosterSum(state), "sum of the roster", "suma del padrón de mesas"),
    stations:
      state.definition.stations ?? ofRoster(state.roster?.size, "stations of the roster", "mesas del padrón"),
  };
}

function tally(state: State, returns: readonly Return[]): Sums[] {
  const { units } = state.geography;
  const complete = state.roster !== undefined && state.definition.rosterComplete;
  const sums = units.map((): Sums => ({
    returned: 0, covered: 0, valid: 0, null: 0, invalid: 0,
    votes: state.definition.options.map(() => 0),
    expected: complete ? 0 : undefined,
    registered: complete ? 0 : undefined,
  }));
  // Every unit has its own returns and, since a unit comes after its parent, all that lies below it.
  for (const one of returns) {
    const into = sums[one.unit]!;
    into.returned += 1;
    into.covered += electorsOf(one);
    into.valid += one.valid;
    into.null += one.null;
    into.invalid += one.invalid;
    one.votes.forEach((n, i) => (into.votes[i]! += n));
  }
  if (complete) {
    for (const station of state.roster!.values()) {
      const into = sums[station.unit]!;
      into.expected! += 1;
      if (into.registered !== undefined)
        into.registered = station.registered === undefined ? undefined : into.registered + station.registered;
    }
  }
  for (let place = units.length - 1; place > 0; --place) {
    const from = sums[place]!;
    const into = sums[units[place]!.parent]!;
    for (const key of ["returned", "covered", "valid", "null", "invalid"] as const) into[key] += from[key];
    from.votes.forEach((n, i) => (into.votes[i]! += n));
    if (!complete) continue;
    into.expected! += from.expected!;
    into.registered =
      into.registered === undefined || from.registered === undefined ? undefined : into.registered + from.registered;
  }
  for (const one of sums)
    sumOf([0, one.covered, one.valid, one.null, one.invalid, ...one.votes].map((n) => (Number.isSafeInteger(n) ? 0 : wrong("a sum passes 2^53"))));
  const { electors, stations } = totals(state);
  if (stations !== undefined) sums[0]!.expected = stations.value;
  if (electors !== undefined) sums[0]!.registered = electors.value;
  return sums;
}

function document(state: State, rows: Json[]): Json {
  return {
    election: state.definition.id,
    options: state.definition.options.map((option) => ({ id: option.id, name: option.name })),
    rows,
    schema: "scrutineer.tally/1",
  };
}

function unitRow(state: State, place: number, sums: Sums): Json {
  const unit = state.geography.units[place]!;
  const level = unit.depth === 0 ? "country" : state.definition.levels[unit.depth - 1]!.id;
  return {
    invalid: sums.invalid,
    level,
    name: unit.name === "" ? null : unit.name,
    null: sums.null,
    parent: unit.depth === 0 ? null : state.geography.units[unit.parent]!.id,
    registered: { covered: sums.covered, total: sums.registered ?? null },
    stations: { expected: sums.expected ?? null, returned: sums.returned },
    unit: unit.id,
    valid: sums.valid,
    votes: votesJson(state, sums.votes),
  };
}

function stationRow(state: State, one: Return): Json {
  return {
    agreeing: one.agreeing,
    borne_by: one.borneBy,
    entry: one.entry,
    invalid: one.invalid,
    level: "station",
    name: null,
    null: one.null,
    parent: state.geography.units[one.unit]!.id,
    registered: { covered: one.registered ?? null, total: one.registered ?? null },
    stations: { expected: 1, returned: 1 },
    unit: one.station,
    valid: one.valid,
    votes: votesJson(state, one.votes),
  };
}

function counts(state: State, returns: readonly Return[]): Json {
  const sums = tally(state, returns);
  const documents: Json[] = [];
  for (let depth = 0; depth <= state.definition.levels.length; ++depth)
    documents.push(document(state, state.geography.at(depth).map((place) => unitRow(state, place, sums[place]!))));
  documents.push(document(state, returns.map((one) => stationRow(state, one))));
  return documents;
}

// ---- the outcome

// Fewest sheets that have to be false before the leader is not ahead of a rival for certain.
function sheetsToOpen(margin: bigint, scores: readonly bigint[]): number | undefined {
  let sheets = 0;
  for (const score of scores) {
    if (margin <= 0n) return sheets;
    if (score <= 0n) return undefined;
    margin -= score;
    ++sheets;
  }
  return margin <= 0n ? sheets : undefined;
}

interface UnderCap {
  cap: Fraction;
  margin: Fraction;
  decided: boolean;
  sheets: number | undefined;
}

function underCap(votes: readonly number[], leader: number, cap: Fraction, missing: number, returns: readonly Return[]): UnderCap {
  const rivals = votes.map((_, i) => i).filter((i) => i !== leader);
  const marginTo = (rival: number): bigint => cap.q * BigInt(votes[leader]! - votes[rival]!) - cap.p * BigInt(missing);
  const worst = rivals.map(marginTo).reduce((a, b) => (b < a ? b : a));
  let sheets: number | undefined;
  for (const rival of worst > 0n ? rivals : []) {
    const scores = returns.map(
      (one) => cap.q * BigInt(one.votes[leader]! - one.votes[rival]!) + cap.p * BigInt(electorsOf(one)),
    );
    scores.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    const fewest = sheetsToOpen(marginTo(rival), scores);
    if (fewest !== undefined && (sheets === undefined || fewest < sheets)) sheets = fewest;
  }
  return { cap, margin: fraction(worst, cap.q), decided: worst > 0n, sheets };
}

// Nothing if nobody says how many electors there are.
function outcome(state: State, returns: readonly Return[]): Json | undefined {
  const { electors, stations } = totals(state);
  if (electors === undefined) return undefined;
  const { options, caps } = state.definition;
  const votes = options.map((_, i) => sumOf(returns.map((one) => one.votes[i]!)));
  const covered = sumOf(returns.map(electorsOf));
  const missing = electors.value - covered;
  if (missing < 0) wrong("the returns hold more electors than there are");
  const order = votes.map((_, i) => i).sort((a, b) => votes[b]! - votes[a]! || a - b);
  const [leader, runnerUp] = [order[0]!, order[1]!];
  const any = votes[leader]! > 0;
  const under = caps.map((cap) => underCap(votes, leader, cap, missing, returns));
  const margin = votes[leader]! - votes[runnerUp]!;
  const all = BigInt(sumOf(returns.map((one) => one.valid)) + missing);
  const share = (n: number): string => fractionText(fraction(BigInt(n), all));
  return {
    breakdown: under.map((one) => ({
      decided: one.decided,
      sheets: one.sheets ?? null,
      turnout_cap: fractionText(one.cap),
      worst_case_margin: fractionJson(one.margin),
    })),
    decided: any && under[0]!.decided,
    lead_needed: any && missing > 0 ? fractionText(fraction(BigInt(margin), BigInt(missing))) : null,
    leader: any ? options[leader]!.id : null,
    margin: any ? margin : null,
    missing_registered: missing,
    registered_covered: covered,
    runner_up: any ? options[runnerUp]!.id : null,
    shares:
      all > 0n
        ? options.map((option, i) => ({
            least: share(votes[i]!), most: share(votes[i]! + missing), option: option.id, votes: votes[i]!,
          }))
        : [],
    stations_counted: returns.length,
    stations_missing: stations === undefined ? null : Math.max(0, stations.value - returns.length),
    tie: any && margin === 0,
    turnout_cap: any ? fractionText(under[0]!.cap) : null,
    worst_case_margin: any ? fractionJson(under[0]!.margin) : null,
  };
}

function totalJson(total: Total): Json {
  return { id: total.id, source: total.source, value: total.value, what: total.what };
}

/** The result of a state: what result.json says, without its last LF. `claims`: of all its claims. */
export function resultOf(state: State, returns: readonly Return[], claims: readonly Claim[]): string {
  const { electors, stations } = totals(state);
  const decided = outcome(state, returns);
  const result: Record<string, Json> = {
    counts: counts(state, returns),
    schema: "scrutineer.result/1",
    size: state.size,
  };
  if (electors !== undefined && decided !== undefined) {
    result["judgement"] = {
      basis: {
        origin: state.genesis["origin"]!,
        program: "",
        root: "0".repeat(64),
        sources: state.sources,
        sources_dropped: [],
        stations_dropped: 0,
        tree_size: state.size,
      },
      claims: judgeClaims(state.definition, claims, returns, electors, stations),
      election: state.definition.id,
      outcome: decided,
      premises: {
        electors: totalJson(electors),
        stations: stations ? totalJson(stations) : null,
        turnout_caps: state.definition.caps.map(fractionText),
      },
      schema: "scrutineer.judgement/1",
    };
  }
  return write(result);
}
