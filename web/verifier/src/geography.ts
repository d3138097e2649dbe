// SPDX-License-Identifier: Apache-2.0
//
// The units of a country, as they come: each is known under one parent, at one level.

import { byBytes, decimal, textOf, wrong } from "./bytes.js";
import { rowsOf } from "./csv.js";
import type { Definition } from "./definition.js";

export interface Unit {
  readonly id: string;
  name: string; // empty: nobody named it
  readonly depth: number; // 0 the country
  readonly parent: number; // place among the units; the country is its own
}

export class Geography {
  readonly units: Unit[] = [];
  private readonly byId = new Map<string, number>();

  constructor(definition: Definition) {
    this.units.push({ id: definition.countryId, name: definition.countryName, depth: 0, parent: 0 });
    this.byId.set(definition.countryId, 0);
  }

  /** The lowest unit of the path, largest first; nothing, and no change, if it contradicts. */
  add(path: readonly string[]): number | undefined {
    let parent = 0;
    let known = 0;
    for (; known < path.length; ++known) {
      const found = this.byId.get(path[known]!);
      if (found === undefined) break;
      const unit = this.units[found]!;
      if (unit.parent !== parent || unit.depth !== known + 1 || found === 0) return undefined;
      parent = found;
    }
    const fresh = path.slice(known);
    if (new Set(fresh).size !== fresh.length || fresh.some((id) => this.byId.has(id))) return undefined;
    fresh.forEach((id, i) => {
      this.units.push({ id, name: "", depth: known + i + 1, parent });
      parent = this.units.length - 1;
      this.byId.set(id, parent);
    });
    return parent;
  }

  name(id: string, name: string): void {
    const unit = this.units[this.byId.get(id) ?? -1];
    if (unit && unit.name === "") unit.name = name;
  }

  /** The unit itself or the one above it at that depth; nothing if it lies higher. */
  ancestor(unit: number, depth: number): Unit | undefined {
    while (this.units[unit]!.depth > depth) unit = this.units[unit]!.parent;
    return this.units[unit]!.depth === depth ? this.units[unit] : undefined;
  }

  /** Places of the units at a depth, in the order in which they are shown. */
  at(depth: number): number[] {
    const places = this.units.map((_, place) => place).filter((place) => this.units[place]!.depth === depth);
    return places.sort((a, b) => byBytes(this.units[a]!.id, this.units[b]!.id));
  }
}

export interface RosterStation {
  readonly unit: number;
  readonly registered: number | undefined;
}

function isCode(code: string): boolean {
  return /^[\x21\x23-\x2b\x2d-\x7e]{1,64}$/.test(code);
}

/** Stations by id. Their units are added to the geography. */
export function parseRoster(
  bytes: Uint8Array,
  definition: Definition,
  geography: Geography,
): Map<string, RosterStation> {
  const rows = rowsOf(textOf(bytes), ",");
  const header = rows.next().value?.fields ?? wrong("is empty");
  const column = (name: string): number => header.indexOf(name);
  const levels: { code: number; name: number }[] = [];
  for (const level of definition.levels) {
    if (column(level.id) < 0) break;
    levels.push({ code: column(level.id), name: column(`${level.id}_name`) });
  }
  const used = 1 + levels.length + levels.filter((one) => one.name >= 0).length + (column("registered") >= 0 ? 1 : 0);
  if (column("station") < 0 || used !== header.length) wrong("the header of the roster is not as it should be");
  const stations = new Map<string, RosterStation>();
  for (const { line, fields } of rows) {
    const where = `line ${line}`;
    if (fields.length !== header.length) wrong(`${where}: has another number of fields than the header`);
    const id = fields[column("station")]!;
    const path = levels.map((one) => fields[one.code]!);
    if (![id, ...path].every(isCode)) wrong(`${where}: a code is empty, or holds a space or worse`);
    const unit = geography.add(path);
    if (unit === undefined) wrong(`${where}: a unit lies elsewhere already`);
    levels.forEach((one, i) => {
      const name = one.name >= 0 ? fields[one.name]! : "";
      if (name !== "") geography.name(path[i]!, name);
    });
    const said = column("registered") >= 0 ? fields[column("registered")]! : "";
    const registered = said === "" ? undefined : (decimal(said) ?? wrong(`${where}: registered is no number`));
    if (stations.has(id)) wrong(`${where}: the station stands twice`);
    stations.set(id, { unit, registered });
  }
  return stations;
}
