// SPDX-License-Identifier: Apache-2.0
//
// Which figures of a station count (docs/election-definition.md, "Which figures of a station count").

import { byBytes } from "./bytes.js";
import { differentPictures } from "./near.js";
import { type State, type Transcript } from "./state.js";

export interface Return {
  readonly station: string;
  readonly unit: number;
  readonly registered: number | undefined;
  readonly valid: number;
  readonly null: number;
  readonly invalid: number;
  readonly votes: readonly number[];
  readonly entry: number;
  readonly agreeing: number;
  readonly borneBy: readonly number[];
}

// What one source says: transcripts with the same figures.
interface Voice {
  readonly source: number;
  readonly same: Transcript[];
  pictures: number; // different ones; 0: typed
}

function sameCount(a: Transcript, b: Transcript): boolean {
  return (
    a.valid === b.valid && a.null === b.null && a.invalid === b.invalid && a.votes.every((n, i) => n === b.votes[i])
  );
}

export function cast(figures: { valid: number; null: number; invalid: number }): number {
  return figures.valid + figures.null + figures.invalid;
}

function isZero(figures: Transcript): boolean {
  return cast(figures) === 0 && figures.votes.every((n) => n === 0);
}

// False if a rule whose remedy is to set aside is broken.
function obeysRules(state: State, figures: Transcript): boolean {
  const { rules } = state.definition;
  const listed = state.roster?.get(figures.station);
  const votes = figures.votes.reduce((all, one) => all + BigInt(one), 0n);
  const registered = listed?.registered ?? figures.registered;
  const broken = {
    unknown_station: state.roster !== undefined && state.definition.rosterComplete && !listed,
    zero_sheet: cast(figures) === 0 && votes === 0n,
    votes_sum_to_valid: votes !== BigInt(figures.valid),
    cast_within_registered: registered !== undefined && cast(figures) > registered,
  };
  return (Object.keys(broken) as (keyof typeof broken)[]).every((rule) => !broken[rule] || rules[rule] === "note");
}

function voiceOf(state: State, ofSource: readonly Transcript[]): Voice | undefined {
  let voices: Voice[] = [];
  for (const one of ofSource) {
    const known = voices.find((voice) => sameCount(voice.same[0]!, one));
    if (known) known.same.push(one);
    else voices.push({ source: one.source, same: [one], pictures: 0 });
  }
  for (const voice of voices)
    voice.pictures = differentPictures(voice.same.flatMap((one) => (one.picture ? [one.picture.fingerprint] : [])));
  if (voices.length > 1) voices = voices.filter((voice) => voice.pictures === 0 || !isZero(voice.same[0]!));
  if (voices.length === 1) return voices[0];
  const pictures = voices.reduce((sum, voice) => sum + voice.pictures, 0);
  return state.definition.mostPictures ? voices.find((voice) => 2 * voice.pictures > pictures) : undefined;
}

function isTooWeak(state: State, voice: Voice): boolean {
  if (voice.pictures !== 1) return false;
  const rule = state.definition;
  const jointly = voice.same.every((one) => one.picture!.jointly);
  const compared = Math.max(...voice.same.filter((one) => one.picture!.jointly === jointly).map((one) => one.picture!.compared));
  return rule.alone === "set-aside" || (jointly && rule.aloneJointly === "set-aside") || compared < rule.aloneCompared;
}

function choose(state: State, voices: readonly Voice[]): Voice | undefined {
  const same = (a: Voice, b: Voice): boolean => sameCount(a.same[0]!, b.same[0]!);
  const stands = (voice: Voice): boolean =>
    voices.filter((other) => same(voice, other)).length > 1 || !isTooWeak(state, voice);
  if (voices.every((voice) => same(voice, voices[0]!))) return stands(voices[0]!) ? voices[0] : undefined;
  for (const source of state.definition.prefer) {
    const found = voices.find((voice) => state.sources[voice.source] === source && stands(voice));
    if (found) return found;
  }
  return undefined;
}

function returnOf(state: State, chosen: Voice, voices: readonly Voice[]): Return {
  const figures = chosen.same[0]!;
  const agreeing = voices.filter((voice) => sameCount(voice.same[0]!, figures));
  const listed = state.roster?.get(figures.station);
  let unit = listed?.unit ?? figures.unit;
  let registered = listed?.registered ?? figures.registered;
  for (const voice of voices) {
    if (unit === 0) unit = voice.same[0]!.unit;
    registered ??= voice.same[0]!.registered;
  }
  return {
    station: figures.station,
    unit,
    registered,
    valid: figures.valid,
    null: figures.null,
    invalid: figures.invalid,
    votes: figures.votes,
    entry: figures.entry,
    agreeing: agreeing.length,
    borneBy: agreeing.flatMap((voice) => voice.same.map((one) => one.entry)).sort((a, b) => a - b),
  };
}

/** The returns that count, by station. */
export function accept(state: State): Return[] {
  const byStation = new Map<string, Transcript[]>();
  for (const one of state.transcripts) {
    const list = byStation.get(one.station);
    if (list) list.push(one);
    else byStation.set(one.station, [one]);
  }
  const returns: Return[] = [];
  for (const station of [...byStation.keys()].sort(byBytes)) {
    const candidates = byStation.get(station)!.filter((one) => obeysRules(state, one));
    const voices: Voice[] = [];
    for (let source = 0; source < state.sources.length; ++source) {
      const of = candidates.filter((one) => one.source === source).sort((a, b) => a.entry - b.entry);
      const voice = of.length > 0 ? voiceOf(state, of) : undefined;
      if (voice) voices.push(voice);
    }
    const chosen = voices.length > 0 ? choose(state, voices) : undefined;
    if (chosen) returns.push(returnOf(state, chosen, voices));
  }
  return returns;
}

