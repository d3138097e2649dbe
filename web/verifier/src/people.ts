// SPDX-License-Identifier: Apache-2.0
//
// People with keys, what they approve to hide of pictures, and what pictures were committed to
// (docs/formats/entries.md): which of these entries count for nothing. Every signature is checked.

import { equal, fromBase64, utf8, wrong } from "./bytes.js";
import { type JsonObject, write } from "./canon.js";
import { verifies } from "./ed25519.js";
import { lastOfMask } from "./entries.js";
import { parseVkey, type Vkey } from "./note.js";

interface Person {
  key: Vkey; // the one in force
  withdrawn: boolean;
  readonly former: Vkey[]; // nobody may have one of them again
}

interface Approval {
  readonly index: number;
  readonly at: number;
  readonly mask: string;
}

interface Commitment {
  readonly picture: number; // index of its evidence
  readonly kind: string;
  readonly leaves: number; // 0: it has no cells
  readonly root: string; // hex; empty: it has no cells
  readonly approvals: Map<Person, Approval>; // what each approved last
}

export class People {
  private readonly people: Person[] = [];
  private readonly commitments = new Map<number, Commitment>();
  private readonly committed = new Set<number>(); // pictures

  /** Pictures that are not handed out, by the index of their evidence. */
  readonly withheld = new Set<number>();

  /**
   * `origin`: the log's. `isPicture`: whether a picture was received at an index. `isVoid`: whether what the person approved
   * there counts for nothing, since their key was declared bad.
   */
  constructor(
    private readonly origin: string,
    private readonly isPicture: (index: number) => boolean,
    private readonly isVoid: (index: number, person: string) => boolean,
  ) {}

  /** Throws Wrong if nobody has the key. */
  private owner(key: Vkey): Person {
    const found = this.person(key.name);
    return found.key.text === key.text ? found : wrong("nobody has that key");
  }

  private isTaken(key: Vkey): boolean {
    return this.people.some((one) => [one.key, ...one.former].some((had) => equal(had.key, key.key)));
  }

  rotate(old: Vkey, next: Vkey): void {
    const person = this.owner(old);
    if (this.isTaken(next)) wrong("next: somebody has it already");
    person.former.push(person.key);
    person.key = next;
  }

  revoke(key: Vkey): void {
    this.owner(key).withdrawn = true;
  }

  private person(name: string): Person {
    const found = this.people.find((one) => one.key.name === name);
    return found && !found.withdrawn ? found : wrong("nobody has that name");
  }

  /** Pictures of which two people at least stand by one mask; of several, by the one that was approved last. */
  approved(): { readonly picture: number; readonly kind: string; readonly leaves: number; readonly root: string; readonly mask: string }[] {
    return [...this.commitments.values()].flatMap(({ picture, kind, leaves, root, approvals }) => {
      if (this.withheld.has(picture)) return [];
      const all = [...approvals.values()].sort((a, b) => b.index - a.index);
      const last = all.find(({ mask }) => all.filter((other) => other.mask === mask).length >= 2);
      return last ? [{ picture, kind, leaves, root, mask: last.mask }] : [];
    });
  }

  readonly takers: Record<string, (index: number, fields: JsonObject) => void | Promise<void>> = {
    "picture.committed": (index, fields) => {
      const picture = fields["evidence"] as number;
      if (picture >= index || !this.isPicture(picture)) wrong("evidence: no picture was received there");
      if (this.committed.has(picture)) wrong("evidence: a commitment to it stands already");
      this.committed.add(picture);
      const leaves = (fields["leaves"] as number | undefined) ?? 0;
      this.commitments.set(index, { picture, kind: fields["kind"] as string, leaves, root: (fields["root"] as string | undefined) ?? "", approvals: new Map() });
    },
    "person.named": (_, fields) => {
      const key = parseVkey(fields["key"] as string);
      if (key.type !== 1) wrong("key: not a public key that signs");
      if (this.people.some((one) => one.key.name === key.name) || this.isTaken(key))
        wrong("key: it or its name is taken");
      this.people.push({ key, withdrawn: false, former: [] });
    },
    "person.withdrawn": (_, fields) => {
      this.person(fields["name"] as string).withdrawn = true;
    },
    "picture.withheld": (index, fields) => {
      const picture = fields["evidence"] as number;
      if (picture >= index || !this.isPicture(picture)) wrong("evidence: no picture was received there");
      if (this.withheld.has(picture)) wrong("evidence: it is withheld already");
      this.withheld.add(picture);
    },
    "redaction.approved": async (index, fields) => {
      if (this.isVoid(index, fields["by"] as string)) return;
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const { sig, ...said } = fields;
      const person = this.person(fields["by"] as string);
      const signed = utf8(`scrutineer/entry/v1\n${write(said)}`);
      if (!(await verifies(person.key.key, signed, fromBase64(sig as string)!))) wrong("sig: not that person's signature");
      const commitment = this.commitments.get(fields["commitment"] as number);
      if (!commitment || lastOfMask(fields["mask"] as string)! >= commitment.leaves)
        wrong("commitment: no picture with such cells was committed to there");
      const at = fields["at"] as number;
      const before = commitment.approvals.get(person);
      if (before && at <= before.at) wrong("at: not later than what this person approved before");
      commitment.approvals.set(person, { index, at, mask: fields["mask"] as string });
    },
  };
}
