// SPDX-License-Identifier: Apache-2.0
//
// What the returns say of announced figures (docs/statistics.md, "Tests of a claim"). Exact throughout.

import { cast, type Return } from "./accept.js";
import { decimal } from "./bytes.js";
import type { Json } from "./canon.js";
import { type Announced, type Claim, earlierClaim } from "./claim.js";
import type { Definition, Total } from "./definition.js";
import {
  compare, fraction, type Fraction, fractionJson, fractionText, least, minus, most, plus, times,
} from "./fraction.js";
import { electorsOf } from "./result.js";

interface Check {
  code: string;
  subject: string;
  status: "contradicted" | "consistent" | "not-applicable";
  bound?: Fraction | undefined;
  claimed?: Fraction | undefined;
  sheetsFalse?: number;
  assumptions: string[];
  details: Record<string, string>;
  reason: string;
}

const SHEETS = "sheets-true";
const ONE_VOTE = "one-vote-per-elector";
const ELECTORS = "electors-total";
const STATIONS = "stations-total";
const TABLES = "tables-claimed";

const ZERO = fraction(0n, 1n);
const HUNDRED = fraction(100n, 1n);
const whole = (n: number): Fraction => ({ p: BigInt(n), q: 1n });

function check(code: string, subject: string, assumptions: string[], contradicted: boolean, more: Partial<Check> = {}): Check {
  const status = contradicted ? "contradicted" : "consistent";
  return { code, subject, status, assumptions, details: {}, reason: "", ...more };
}

function notApplicable(code: string, subject: string, reason: string): Check {
  return { code, subject, status: "not-applicable", assumptions: [], details: {}, reason };
}

// ---- percentages, rounded to the digits that they show

function rangeOf(percent: Announced): [Fraction, Fraction] {
  return [most(minus(percent.value, percent.halfUnit), ZERO), least(plus(percent.value, percent.halfUnit), HUNDRED)];
}

function ceil(share: Fraction, total: number, divisor: bigint): number {
  const unit = share.q * divisor;
  return Number((share.p * BigInt(total) + unit - 1n) / unit);
}

function floor(share: Fraction, total: number, divisor: bigint): number {
  return Number((share.p * BigInt(total)) / (share.q * divisor));
}

// ---- looking up

function votesUnder(claim: Claim, label: string): number | undefined {
  return claim.votes.find((group) => group.label === label)?.value;
}

// The votes claimed for exactly these options together, if groups add up to them.
function votesOfOptions(claim: Claim, options: readonly string[]): number | undefined {
  const inside = claim.votes.filter((group) => group.options.every((option) => options.includes(option)));
  const found = new Set(inside.flatMap((group) => group.options));
  return found.size === options.length ? inside.reduce((sum, group) => sum + group.value, 0) : undefined;
}

const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);

function tablesClaimed(claim: Claim, stations: Total | undefined): [number, number] | undefined {
  if (claim.tables !== undefined) return [claim.tables, claim.tables];
  if (!claim.tablesPercent || !stations) return undefined;
  const [low, high] = rangeOf(claim.tablesPercent);
  const edges = [ceil(low, stations.value, 100n), floor(high, stations.value, 100n)].sort((a, b) => a - b);
  return [clamp(edges[0]!, 0, stations.value), clamp(edges[1]!, 0, stations.value)];
}

// ---- arithmetic on the announced figures alone

function checkSum(definition: Definition, claim: Claim): Check {
  if (claim.valid === undefined) return notApplicable("sum-of-votes", "", "no-valid-claimed");
  const covered = new Set(claim.votes.flatMap((group) => group.options));
  if (covered.size !== definition.options.length) return notApplicable("sum-of-votes", "", "votes-incomplete");
  const sum = claim.votes.reduce((all, group) => all + group.value, 0);
  return check("sum-of-votes", "", ["none"], sum !== claim.valid, { bound: whole(sum), claimed: whole(claim.valid) });
}

function checkCast(claim: Claim): Check {
  if (claim.valid === undefined || claim.null === undefined || claim.cast === undefined)
    return notApplicable("cast", "", "no-cast-claimed");
  const sum = claim.valid + claim.null;
  return check("cast", "", ["none"], sum !== claim.cast, { bound: whole(sum), claimed: whole(claim.cast) });
}

function checkPercentages(claim: Claim): Check[] {
  return claim.percent.map(({ label, value }) => {
    const votes = votesUnder(claim, label);
    if (votes === undefined || !claim.valid) return notApplicable("percentage", label, "no-count-claimed");
    const bound = fraction(100n * BigInt(votes), BigInt(claim.valid));
    const [low, high] = rangeOf(value);
    const rounds = compare(bound, low) >= 0 && compare(bound, high) <= 0;
    return check("percentage", label, ["none"], !rounds, { bound, claimed: value.value });
  });
}

function checkTurnout(definition: Definition, claim: Claim, electors: Total): Check {
  const all = claim.cast ?? (claim.valid !== undefined && claim.null !== undefined ? claim.valid + claim.null : undefined);
  if (all === undefined || !claim.turnoutPercent) return notApplicable("turnout", "", "no-turnout-claimed");
  const parts: [string, Fraction, Fraction][] = [["", HUNDRED, HUNDRED]];
  if (claim.tablesPercent) parts.push([` x ${claim.tablesPercent.text} %`, ...rangeOf(claim.tablesPercent)]);
  const [low, high] = rangeOf(claim.turnoutPercent);
  let fits = "";
  for (const total of [...definition.electorsKnown, electors]) {
    for (const [name, partLow, partHigh] of parts) {
      const fit =
        ceil(times(low, partLow), total.value, 10_000n) <= all && all <= floor(times(high, partHigh), total.value, 10_000n);
      const denominator = total.id + name;
      if (fit && !fits.includes(denominator)) fits += (fits === "" ? "" : ", ") + denominator;
    }
  }
  return check("turnout", "", [], fits === "", {
    claimed: claim.turnoutPercent.value,
    bound: electors.value > 0 ? fraction(100n * BigInt(all), BigInt(electors.value)) : undefined,
    details: { fits, cast: String(all) },
  });
}

// ---- held against the returns

interface Subject {
  readonly name: string;
  readonly values: readonly number[]; // sheet by sheet
  readonly claimed: number;
}

function votesOf(definition: Definition, options: readonly string[], returns: readonly Return[]): number[] {
  const places = options.map((id) => definition.options.findIndex((option) => option.id === id));
  return returns.map((one) => places.reduce((sum, place) => sum + one.votes[place]!, 0));
}

function subjectsOf(definition: Definition, claim: Claim, returns: readonly Return[]): Subject[] {
  const subjects: Subject[] = claim.votes.map(({ label, options, value }) => ({
    name: label, values: votesOf(definition, options, returns), claimed: value,
  }));
  const add = (name: string, claimed: number | undefined, of: (one: Return) => number): void => {
    if (claimed !== undefined) subjects.push({ name, values: returns.map(of), claimed });
  };
  add("valid", claim.valid, (one) => one.valid);
  add("null", claim.null, (one) => one.null);
  add("cast", claim.cast, cast);
  return subjects;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function checkOverlap({ name, values, claimed }: Subject, overlap: number): Check {
  const fewest = [...values].sort((a, b) => a - b).slice(0, overlap);
  const bound = sum(fewest);
  let left = bound;
  let sheetsFalse = 0;
  while (left > claimed) left -= fewest[overlap - ++sheetsFalse]!;
  return check("overlap", name, [SHEETS, STATIONS, TABLES], claimed < bound, {
    bound: whole(bound), claimed: whole(claimed), sheetsFalse, details: { sheets_counted_at_least: String(overlap) },
  });
}

function checkCeiling({ name, values, claimed }: Subject, claim: Claim, tables: [number, number] | undefined, missing: number): Check {
  const assumptions = [SHEETS, ONE_VOTE, ELECTORS];
  let counted = values;
  if (tables && tables[1] < values.length) {
    counted = [...values].sort((a, b) => b - a).slice(0, tables[1]);
    if (claim.tables === undefined) assumptions.push(STATIONS);
    assumptions.push(TABLES);
  }
  const bound = missing + sum(counted);
  return check("ceiling", name, assumptions, claimed > bound, { bound: whole(bound), claimed: whole(claimed) });
}

function claimedShare(claim: Claim, label: string): [Fraction, Fraction] | undefined {
  const votes = votesUnder(claim, label);
  if (votes !== undefined && claim.valid) {
    const share = fraction(BigInt(votes), BigInt(claim.valid));
    return [share, share];
  }
  const percent = claim.percent.find((group) => group.label === label);
  if (!percent) return undefined;
  const [low, high] = rangeOf(percent.value);
  return [times(low, fraction(1n, 100n)), times(high, fraction(1n, 100n))];
}

// The largest (smallest) share over all sets of at least `overlap` sheets, the missing electors all for it
// (against it): Dinkelbach's iteration. Nothing if nobody voted.
function extremeShare(votes: readonly number[], valid: readonly number[], overlap: number, missing: number, largest: boolean): Fraction | undefined {
  let share = whole(largest ? 0 : 1);
  for (;;) {
    const sign = largest ? 1n : -1n;
    const scored = votes
      .map((n, i) => ({ i, score: sign * (share.q * BigInt(n) - share.p * BigInt(valid[i]!)) }))
      .sort((a, b) => (a.score > b.score ? -1 : a.score < b.score ? 1 : 0));
    const set = scored.filter(({ score }, place) => place < overlap || score > 0n);
    const below = sum(set.map(({ i }) => valid[i]!)) + missing;
    if (below === 0) return undefined;
    const next = fraction(BigInt(sum(set.map(({ i }) => votes[i]!)) + (largest ? missing : 0)), BigInt(below));
    if (largest ? compare(next, share) <= 0 : compare(next, share) >= 0) return share;
    share = next;
  }
}

function checkShares(definition: Definition, claim: Claim, returns: readonly Return[], overlap: number, whyNot: string, missing: number, code: string): Check[] {
  const upper = code === "share-most";
  const valid = returns.map((one) => one.valid);
  const labels = new Map<string, readonly string[]>();
  for (const { label, options } of [...claim.votes, ...claim.percent]) if (!labels.has(label)) labels.set(label, options);
  return [...labels].map(([label, options]) => {
    const share = claimedShare(claim, label);
    if (!share || whyNot !== "") return notApplicable(code, label, share ? whyNot : "no-share-claimed");
    const bound = extremeShare(votesOf(definition, options, returns), valid, overlap, missing, upper);
    if (!bound) return notApplicable(code, label, "no-votes");
    const contradicted = upper ? compare(share[0], bound) > 0 : compare(share[1], bound) < 0;
    return check(code, label, [SHEETS, ONE_VOTE, ELECTORS, STATIONS, TABLES], contradicted, {
      bound, claimed: upper ? share[0] : share[1],
    });
  });
}

function checkNulls(claim: Claim, returns: readonly Return[], missing: number): Check {
  if (claim.null === undefined) return notApplicable("null-votes", "null", "no-null-claimed");
  const onSheets = sum(returns.map((one) => one.null));
  const castOnSheets = sum(returns.map(cast));
  const elsewhere = Math.max(0, claim.null - onSheets);
  const details: Record<string, string> = {
    nulls_on_sheets: String(onSheets), nulls_needed_elsewhere: String(elsewhere), missing_registered: String(missing),
  };
  if (castOnSheets > 0) details["rate_on_sheets"] = fractionText(fraction(BigInt(onSheets), BigInt(castOnSheets)));
  if (missing > 0) details["rate_needed_elsewhere"] = fractionText(fraction(BigInt(elsewhere), BigInt(missing)));
  return check("null-votes", "null", [SHEETS, ONE_VOTE, ELECTORS], elsewhere > missing, {
    claimed: whole(claim.null), bound: whole(onSheets + missing), details,
  });
}

// ---- counts that are exactly the rounding of short percentages

interface Share {
  readonly count: number;
  readonly percent: Fraction;
  readonly low: number;
  readonly high: number;
}

function sharesOf(definition: Definition, claim: Claim): Share[] | string {
  if (claim.valid === undefined || claim.percent.length === 0) return "no-percentages";
  const total = claim.valid;
  const shares: { count: number; percent: Fraction; half: Fraction }[] = [];
  let rest = HUNDRED;
  let restCount = total;
  let finest = ZERO;
  let options = 0;
  for (const group of claim.percent) {
    const count = votesUnder(claim, group.label);
    if (count === undefined) return "no-count-claimed";
    shares.push({ count, percent: group.value.value, half: group.value.halfUnit });
    rest = minus(rest, group.value.value);
    restCount -= count;
    finest = most(finest, group.value.halfUnit);
    options += group.options.length;
  }
  if (options < definition.options.length) shares.push({ count: restCount, percent: rest, half: finest });
  if (shares.length < 2 || shares.length > 3) return "too-many-groups";
  if (compare(rest, ZERO) < 0 || restCount < 0 || (options === definition.options.length && rest.p !== 0n))
    return "percentages-not-100";
  return shares.map(({ count, percent, half }) => ({
    count,
    percent,
    low: ceil(most(minus(percent, half), ZERO), total, 100n),
    high: floor(least(plus(percent, half), HUNDRED), total, 100n),
  }));
}

function splits(shares: readonly Share[], total: number): number {
  const [first, second] = [shares[0]!, shares[1]!];
  const last = shares.at(-1)!;
  let ways = 0;
  for (let a = first.low; a <= first.high; ++a) {
    const low = shares.length === 2 ? total - a : Math.max(second.low, total - a - last.high);
    const high = shares.length === 2 ? total - a : Math.min(second.high, total - a - last.low);
    if (shares.length === 2) ways += low >= last.low && low <= last.high ? 1 : 0;
    else ways += Math.max(0, high - low + 1);
  }
  return ways;
}

function checkDerived(definition: Definition, claim: Claim): Check {
  const code = "derived-from-percent";
  const shares = sharesOf(definition, claim);
  if (typeof shares === "string") return notApplicable(code, "", shares);
  const total = claim.valid!;
  const [a, b] = [shares[0]!, shares[1]!];
  if (a.high - a.low > 50_000_000) return notApplicable(code, "", "too-coarse");
  let exact = true;
  let largest = 0n;
  for (const share of shares) {
    const unit = share.percent.q * 100n;
    const offset = 2n * (BigInt(share.count) * unit - share.percent.p * BigInt(total));
    const size = offset < 0n ? -offset : offset;
    exact &&= size <= unit;
    const rounded = (size + unit) / (2n * unit);
    if (rounded > largest) largest = rounded;
  }
  return check(code, "", ["counts-not-from-percent"], false, {
    details: {
      exact_match: exact && sum(shares.map((share) => share.count)) === total ? "yes" : "no",
      largest_offset: String(largest),
      compatible: String(splits(shares, total)),
      compatible_two_shares: String(BigInt(a.high - a.low + 1) * BigInt(b.high - b.low + 1)),
      caveats: "not-a-probability-of-fraud, pattern-chosen-after-the-fact, intermediary-could-explain",
    },
  });
}

function checkIncrement(claim: Claim, earlier: Claim): Check {
  const details: Record<string, string> = { earlier: earlier.id };
  let down = false;
  const step = (name: string, before: number | undefined, after: number | undefined): void => {
    if (before === undefined || after === undefined) return;
    details[`increment.${name}`] = String(after - before);
    down ||= after < before;
  };
  for (const group of earlier.votes) step(group.label, group.value, votesOfOptions(claim, group.options));
  for (const key of ["valid", "null", "cast"] as const) step(key, earlier[key], claim[key]);
  return check("increment", "", ["none"], down, { details });
}

// ---- together

function detailJson(text: string): Json {
  const negative = text.startsWith("-");
  const n = decimal(negative ? text.slice(1) : text);
  return n === undefined || (negative && n === 0) ? text : negative ? -n : n;
}

function checkJson(one: Check): Json {
  return {
    assumptions: one.assumptions,
    bound: one.bound ? fractionJson(one.bound) : null,
    claimed: one.claimed ? fractionJson(one.claimed) : null,
    code: one.code,
    details: Object.fromEntries(Object.entries(one.details).map(([name, text]) => [name, detailJson(text)])),
    option: one.subject,
    reason: one.reason === "" ? null : one.reason,
    sheets_false_at_least: one.sheetsFalse ?? null,
    status: one.status,
  };
}

function judgeClaim(definition: Definition, claim: Claim, earlier: Claim | undefined, returns: readonly Return[], electors: Total, stations: Total | undefined): Json {
  const tables = tablesClaimed(claim, stations);
  const overlap =
    tables && stations
      ? clamp(tables[0] + returns.length - stations.value, 0, Math.min(returns.length, tables[0]))
      : undefined;
  const missing = Math.max(0, electors.value - sum(returns.map(electorsOf)));
  const whyNot = !tables
    ? stations
      ? "no-tables-claimed"
      : "no-stations-total"
    : overlap === undefined
      ? "no-stations-total"
      : overlap === 0
        ? "no-overlap"
        : "";
  const subjects = subjectsOf(definition, claim, returns);
  const checks = [
    checkSum(definition, claim),
    checkCast(claim),
    ...checkPercentages(claim),
    checkTurnout(definition, claim, electors),
    ...subjects.map((one) => (whyNot === "" ? checkOverlap(one, overlap!) : notApplicable("overlap", one.name, whyNot))),
    ...subjects.map((one) => checkCeiling(one, claim, tables, missing)),
    ...["share-most", "share-least"].flatMap((code) =>
      checkShares(definition, claim, returns, overlap ?? 0, whyNot, missing, code),
    ),
    checkNulls(claim, returns, missing),
    checkDerived(definition, claim),
    ...(earlier ? [checkIncrement(claim, earlier)] : []),
  ];
  return {
    by: claim.by,
    checks: checks.map(checkJson),
    contradicted: checks.filter((one) => one.status === "contradicted").length,
    id: claim.id,
    overlap_at_least: overlap ?? null,
    tables: { least: tables?.[0] ?? null, most: tables?.[1] ?? null },
  };
}

/** `judgement.claims` of a result. */
export function judgeClaims(definition: Definition, claims: readonly Claim[], returns: readonly Return[], electors: Total, stations: Total | undefined): Json[] {
  return claims.map((claim, i) => judgeClaim(definition, claim, earlierClaim(claims, i), returns, electors, stations));
}
