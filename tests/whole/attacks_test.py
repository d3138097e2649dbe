#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Attacks on a published bundle: each is made, and each must end where the catalogue in docs/threats.md says, by the
verdict of both verifiers, the one in C++ and the one in TypeScript. What the catalogue names must be here and the other way round.

    attacks_test.py PROGRAM FORGE_LOG COSIGNER SHEETFORGE
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

PROGRAM, FORGE, COSIGNER, SHEETFORGE = sys.argv[1:5]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"
# The second verifier over many command lines, one JSON list a line, in one process.
SECOND = f"""
import {{ createInterface }} from "node:readline";
import {{ run }} from "{(ROOT / "web" / "verifier" / "dist" / "verifier.mjs").as_uri()}";
for await (const line of createInterface({{ input: process.stdin }})) {{
  let out = "", err = "";
  const code = await run(JSON.parse(line), (text) => (out += text), (text) => (err += text));
  console.log(JSON.stringify({{ code, out, err }}));
}}
"""
ATTACKS = {}
ON_PICTURES = set()


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)


def must(*words):
    said = run(*words)
    assert said.returncode == 0, said.stderr
    return said.stdout


def attack(function):
    """Registers what makes an altered bundle: called with a copy, it alters it in place. It may return further words for
    both verifiers, or another path to verify."""
    ATTACKS[function.__name__.replace("_", "-")] = function
    return function


def attack_on_pictures(function):
    """The same on the bundle that has pictures shown in part; also called with the paths of a JPEG and a PNG in it."""
    attack(function)
    ON_PICTURES.add(function.__name__.replace("_", "-"))
    return function


def write(file, bytes_):
    os.chmod(file, 0o644)
    file.write_bytes(bytes_)


def flip(file, at=-1):
    bytes_ = bytearray(file.read_bytes())
    bytes_[at if at >= 0 else len(bytes_) // 2] ^= 1
    write(file, bytes_)


def plain_files(folder):
    return sorted(f for f in folder.rglob("*") if f.is_file())


def entry_files(bundle):
    """The files of entries that the newest checkpoint is read from: full ones, and the widest partial one."""
    folder = bundle / "log" / "tile" / "entries"
    size = int((bundle / "log" / "checkpoint").read_text().splitlines()[1])
    full = [folder / f"{n:03}" for n in range(size // 256)]
    return full + ([folder / f"{size // 256:03}.p" / str(size % 256)] if size % 256 else [])


def entries_of(file):
    data, entries = file.read_bytes(), []
    while data:
        size = int.from_bytes(data[:2], "big")
        entries.append(data[2:2 + size])
        data = data[2 + size:]
    return entries


def put_entries(file, entries):
    write(file, b"".join(len(e).to_bytes(2, "big") + e for e in entries))


def forge(folder, *entries):
    said = run(FORGE, folder, input="\n".join(entries) + "\n")
    assert said.returncode == 0, said.stderr


# ---- pictures

def png_of(width, height, pixel):
    """RGB, from what pixel(x, y) gives."""
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    return png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), ("sRGB", b"\0"), ("IDAT", zlib.compress(rows)))


def png(header, *chunks):
    out = b"\x89PNG\r\n\x1a\n"
    for kind, data in (("IHDR", header), *chunks, ("IEND", b"")):
        named = kind.encode() + data
        out += struct.pack(">I", len(data)) + named + struct.pack(">I", zlib.crc32(named))
    return out


def chunks_of(file):
    data, at, chunks = file.read_bytes(), 8, []
    while at < len(data):
        size = struct.unpack(">I", data[at:at + 4])[0]
        chunks.append((data[at + 4:at + 8].decode(), data[at + 8:at + 8 + size]))
        at += 12 + size
    return chunks


def put_chunks(file, chunks):
    write(file, png(chunks[0][1], *[chunk for chunk in chunks[1:] if chunk[0] != "IEND"]))


def segments_of(data):
    """Of a JPEG up to its scan: [marker, bytes with length]..., and where the scan begins."""
    at, segments = 2, []
    while data[at + 1] != 0xDA:
        size = 2 + int.from_bytes(data[at + 2:at + 4], "big")
        segments.append((data[at + 1], data[at:at + size]))
        at += size
    return segments, at


class World:
    """A record, its bundle, and what else attackers could hold."""

    def __init__(self):
        self.base = pathlib.Path(tempfile.mkdtemp())
        self.record = self.base / "record"
        rec = (PROGRAM, "-C", self.record)
        must(*rec, "init", "--election", MADE_UP / "election.toml")
        must(*rec, "import", MADE_UP / "returns.csv", "--source", "volunteers")
        must(*rec, "publish", self.base / "old", "--bundle")
        # Another history, signed by the same key from the same beginning.
        shutil.copytree(self.record, self.base / "fork-record")
        must(*rec, "import", MADE_UP / "returns-observers.csv", "--source", "observers")
        for claim in sorted((MADE_UP / "claims").glob("*.toml")):
            must(*rec, "claim", claim)
        # Whose cosignatures are needed: two of three, of which the first two sign.
        self.witnesses = [must(COSIGNER, "new", f"w{i}.example").splitlines() for i in (1, 2, 3)]
        self.key = (self.record / "log" / "log.vkey").read_text().strip()
        self.policy = self.base / "policy.txt"
        self.policy.write_text(f"log {self.key}\n" + "".join(
            f"witness w{i} {vkey}\n" for i, (_, vkey) in enumerate(self.witnesses, 1)) + "group all 2 w1 w2 w3\nquorum all\n")
        must(*rec, "publish", self.base / "bundle", "--bundle")
        self.cosign(self.base / "bundle", 0, 1)
        self.size = int((self.base / "bundle" / "log" / "checkpoint").read_text().splitlines()[1])
        fork = (PROGRAM, "-C", self.base / "fork-record")
        altered = self.base / "altered.csv"
        altered.write_text((MADE_UP / "returns-observers.csv").read_text().rsplit("\n", 2)[0] + "\n")
        must(*fork, "import", altered, "--source", "observers")
        must(*fork, "publish", self.base / "fork", "--bundle")
        must(*rec, "publish", self.base / "bundle.tar")
        # Who has no key of the log but one of their own.
        other = self.base / "other-record"
        must(PROGRAM, "-C", other, "init", "--election", MADE_UP / "election.toml")
        must(PROGRAM, "-C", other, "import", altered, "--source", "volunteers")
        must(PROGRAM, "-C", other, "publish", self.base / "other", "--bundle")

        self.make_keyed_record()
        self.show_pictures()

    def show_pictures(self):
        """A bundle with a JPEG of a sheet and a PNG, both shown in part."""
        made = self.base / "made"
        must(SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "A",
             "--count", "1", made)
        jpeg = next(made.glob("*.jpg"))
        drawn = self.base / "drawn.png"
        drawn.write_bytes(png_of(150, 130, lambda x, y: (x + y & 255, x * y & 255, 7 * x & 255)))
        rec = (PROGRAM, "-C", self.base / "picture-record")
        must(*rec, "init", "--election", MADE_UP / "election.toml")
        must(*rec, "add", "--commit", jpeg, drawn)
        digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (jpeg, drawn)]
        must(*rec, "redact", "propose", digests[0], "--mask", self.base / "jpeg.toml", "--out", self.base / "jpeg.jpg")
        (self.base / "png.toml").write_text(f'picture = "{digests[1]}"\n\n[[hide]]\nwhat = "a name"\nbox = [20, 20, 50, 40]\n')
        for name in ("ana", "luis"):
            key = self.base / f"{name}.key"
            must(*rec, "redact", "person", json.loads(must(*rec, "redact", "key", name, "--key", key, "--json"))["vkey"])
            for digest, mask in zip(digests, ("jpeg.toml", "png.toml")):
                must(*rec, "redact", "approve", digest, "--mask", self.base / mask, "--key", key)
        must(*rec, "publish", self.base / "pictures", "--bundle")
        self.picture_key = (self.base / "picture-record" / "log" / "log.vkey").read_text().strip()
        self.jpeg, self.png = (pathlib.Path("redacted") / digest[:2] / f"{digest}.{end}"
                               for digest, end in zip(digests, ("jpg", "png")))
        self.original = jpeg

    def make_keyed_record(self):
        """A record with three guardians, two of whom are needed, before and after its key was replaced."""
        self.guardians = [self.base / f"g{i}.key" for i in (1, 2, 3)]
        shown = [must(PROGRAM, "key", "new", f"g{i}", "--key", file).splitlines()[-1].strip()
                 for i, file in enumerate(self.guardians, 1)]
        definition = self.base / "keyed"
        definition.mkdir()
        shutil.copy(MADE_UP / "roster.csv", definition)
        (definition / "election.toml").write_text((MADE_UP / "election.toml").read_text() +
                                                  f"\n[guardians]\nneeded = 2\nkeys = {json.dumps(shown)}\n")
        self.keyed = self.base / "keyed-record"
        rec = (PROGRAM, "-C", self.keyed)
        must(*rec, "init", "--election", definition / "election.toml")
        must(*rec, "import", MADE_UP / "returns.csv", "--source", "volunteers")
        must(*rec, "publish", self.base / "keyed-before", "--bundle")
        self.first_key = (self.keyed / "log" / "log.vkey").read_text().strip()
        shutil.copytree(self.keyed, self.base / "keyed-old")  # what a thief of the first key has
        must(*rec, "key", "rotate")
        self.second_key = (self.keyed / "log" / "log.vkey").read_text().strip()
        must(*rec, "publish", self.base / "keyed-bundle", "--bundle")

    def revoked(self, record, key_from, guardians, *more):
        """The guardians declare the record's key bad from an entry on."""
        statement = record.parent / "statement"
        must(PROGRAM, "-C", record, "key", "revoke", *more, "--from", key_from, "--out", statement)
        for file in guardians:
            must(PROGRAM, "key", "sign", statement, "--key", file)
        return statement

    def cosign(self, bundle, *which):
        checkpoint = bundle / "log" / "checkpoint"
        for i in which:
            line = must(COSIGNER, self.witnesses[i][0], 1722211200 + i, checkpoint)
            write(checkpoint, checkpoint.read_bytes() + line.encode())

    def forged_bundle(self, folder, *entries):
        """The keeper signs what is not so: log, evidence and definition of the record with such entries."""
        shutil.rmtree(folder)
        shutil.copytree(self.record, folder)
        forge(folder, *entries)
        for private in ("keys", "state", "view.sqlite"):
            path = folder / private
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def copy_of(self, record, folder, *entries):
        """A copy of a record, with such entries signed by its key."""
        copy = folder.parent / "record"
        shutil.copytree(record, copy)
        if entries:
            forge(copy, *entries)
        return copy

    def published(self, record, folder):
        """As forged_bundle: what lies in a record, without what is private."""
        shutil.rmtree(folder)
        shutil.copytree(record, folder)
        for private in ("keys", "state", "view.sqlite"):
            path = folder / private
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return folder

    def stated(self, folder, alter):
        """The keeper states, by its hash, a result that was altered, and publishes it."""
        before = json.loads((self.base / "bundle" / "result.json").read_text())
        size = int((self.record / "log" / "checkpoint").read_text().splitlines()[1])
        alter(before)
        before["size"] = size
        bytes_ = json.dumps(before, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        self.forged_bundle(folder, f'{{"at":1,"schema":"scrutineer.result/1","sha256":"{hashlib.sha256(bytes_).hexdigest()}",'
                                   f'"size":{size},"t":"scrutineer/result.stated/v1"}}')
        (folder / "result.json").write_bytes(bytes_ + b"\n")


# ---- the signature

@attack
def signature_altered(world, bundle):
    flip(bundle / "log" / "checkpoint", 120)


@attack
def size_lowered(world, bundle):
    file = bundle / "log" / "checkpoint"
    write(file, re.sub(rb"\n\d+\n", b"\n%d\n" % (world.size - 1), file.read_bytes(), count=1))


@attack
def checkpoint_gone(world, bundle):
    (bundle / "log" / "checkpoint").unlink()


@attack
def key_of_ones_own(world, bundle):
    return [world.base / "other", "--key", world.key]


@attack
def cosignatures_missing(world, bundle):
    shutil.copy(bundle / "log" / "checkpoints" / str(world.size), bundle / "log" / "checkpoint")
    return ["--policy", world.policy]


@attack
def cosignature_forged(world, bundle):
    file = bundle / "log" / "checkpoint"
    lines = file.read_text().splitlines()
    payload = lines[-1].rsplit(" ", 1)[1]
    lines[-1] = lines[-1].replace(payload, payload[:40] + ("A" if payload[40] != "A" else "B") + payload[41:])
    write(file, ("\n".join(lines) + "\n").encode())
    return ["--policy", world.policy]


@attack
def thief_of_the_key_appends(world, bundle):
    world.forged_bundle(bundle, '{"t":"scrutineer/of.tomorrow/v9"}')
    return ["--policy", world.policy]


@attack
def second_history_without_quorum(world, bundle):
    return [world.base / "fork", "--policy", world.policy]


# ---- the tree

@attack
def vote_moved(world, bundle):
    for file in entry_files(bundle):
        data = file.read_bytes()
        start = data.find(b'"votes":[') + 9
        first, second = (int(n) for n in re.match(rb"(\d+),(\d+)", data[start:]).groups())
        old, new = b"%d,%d" % (first, second), b"%d,%d" % (first - 1, second + 1)
        if start > 8 and len(old) == len(new):
            write(file, data[:start] + new + data[start + len(old):])
            return


@attack
def entry_deleted(world, bundle):
    file = entry_files(bundle)[-1]
    put_entries(file, entries_of(file)[:-1])


@attack
def entry_slipped_in(world, bundle):
    file = entry_files(bundle)[-1]
    entries = entries_of(file)
    put_entries(file, entries[:5] + entries[4:])


@attack
def entries_swapped(world, bundle):
    file = entry_files(bundle)[0]
    entries = entries_of(file)
    entries[3], entries[4] = entries[4], entries[3]
    put_entries(file, entries)


@attack
def entry_edited_and_its_tile(world, bundle):
    file = entry_files(bundle)[-1]
    entries = entries_of(file)
    entries[0] = entries[0].replace(b"1", b"2", 1)
    put_entries(file, entries)
    tile = bundle / "log" / "tile" / "0" / file.relative_to(bundle / "log" / "tile" / "entries")
    write(tile, b"".join(hashlib.sha256(b"\0" + e).digest() for e in entries))


@attack
def tile_altered(world, bundle):
    flip(plain_files(bundle / "log" / "tile" / "0")[0])


@attack
def upper_tile_altered(world, bundle):
    flip(plain_files(bundle / "log" / "tile" / "1")[0])


@attack
def tile_cut(world, bundle):
    file = plain_files(bundle / "log" / "tile" / "0")[0]
    write(file, file.read_bytes()[:100])


@attack
def tile_too_long(world, bundle):
    file = plain_files(bundle / "log" / "tile" / "0")[-1]
    write(file, file.read_bytes() + bytes(32))


@attack
def entries_gone(world, bundle):
    entry_files(bundle)[-1].unlink()


@attack
def kept_checkpoint_of_another_history(world, bundle):
    fork = world.base / "fork" / "log" / "checkpoints"
    size = max(int(file.name) for file in fork.iterdir() if int(file.name) < world.size)
    shutil.copy(fork / str(size), bundle / "log" / "checkpoints" / str(size))


@attack
def second_history_to_one_who_remembers(world, bundle):
    return [world.base / "fork", "--key", world.key, "--known", bundle / "log" / "checkpoint"]


@attack
def old_copy_to_one_who_remembers(world, bundle):
    return [world.base / "old", "--key", world.key, "--known", bundle / "log" / "checkpoint"]


# ---- the grammar

@attack
def definition_altered(world, bundle):
    file = bundle / "election.toml"
    write(file, file.read_bytes().replace(b'votes_sum_to_valid = "set-aside"', b'votes_sum_to_valid = "note"'))


@attack
def roster_gone(world, bundle):
    (bundle / "roster.csv").unlink()


@attack
def entry_that_is_no_json(world, bundle):
    world.forged_bundle(bundle, "not an entry")


@attack
def entry_in_two_spellings(world, bundle):
    world.forged_bundle(bundle, '{"at":1, "claim":"x","evidence":1,"t":"scrutineer/claim.made/v1"}')


@attack
def entry_with_a_field_too_many(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"more":1,"t":"scrutineer/evidence.repeated/v1"}')


@attack
def reference_to_nothing(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"claim":"x","evidence":99999,"t":"scrutineer/claim.made/v1"}')


@attack
def reading_of_what_is_no_picture(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"printed":[],"reason":"no-code","t":"scrutineer/picture.unread/v1"}')


@attack
def second_beginning(world, bundle):
    first = entries_of(entry_files(bundle)[0])[0].decode()
    world.forged_bundle(bundle, first)


@attack
def import_without_its_rows(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"names":0,"refused":0,"rows":5,"source":"x",'
                                '"t":"scrutineer/returns.imported/v1"}')


@attack
def return_slipped_into_an_older_import(world, bundle):
    world.forged_bundle(bundle, '{"import":2,"invalid":0,"null":0,"place":[],"row":9,"station":"1010001.01",'
                                '"t":"scrutineer/return.transcribed/v1","valid":0,"votes":[0,0,0,0]}')


@attack
def votes_for_an_option_too_many(world, bundle):
    size = int((world.record / "log" / "checkpoint").read_text().splitlines()[1])
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"names":0,"refused":0,"rows":1,"source":"x",'
                                '"t":"scrutineer/returns.imported/v1"}',
                        f'{{"import":{size},"invalid":0,"null":0,"place":[],"row":2,"station":"9",'
                        '"t":"scrutineer/return.transcribed/v1","valid":0,"votes":[0,0,0,0,0]}')


# ---- keys

def last_entry(record):
    return entries_of(entry_files(record)[-1])[-1].decode()


def rotation_of(world):
    return next(e.decode() for file in entry_files(world.keyed) for e in entries_of(file) if b"key.rotated" in e)


def with_key(world, bundle, key, *more):
    return [bundle, "--key", key, *more]


@attack
def rotation_signed_by_the_new_key_alone(world, bundle):
    rotated = json.loads(rotation_of(world))
    rotated["sig"] = rotated["next_sig"]
    copy = world.copy_of(world.base / "keyed-old", bundle, json.dumps(rotated, sort_keys=True, separators=(",", ":")))
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def rotation_said_again(world, bundle):
    return with_key(world, world.published(world.copy_of(world.keyed, bundle, rotation_of(world)), bundle), world.first_key)


@attack
def rotation_of_another_log(world, bundle):
    world.forged_bundle(bundle, rotation_of(world))


@attack
def replaced_key_goes_on(world, bundle):
    copy = world.copy_of(world.keyed, bundle)
    (old,) = [f for f in (copy / "keys").iterdir() if f.name.startswith("log.key.")]
    old.replace(copy / "keys" / "log.key")
    (copy / "log" / "log.vkey").write_text(world.first_key + "\n")
    forge(copy, '{"t":"scrutineer/of.tomorrow/v9"}')
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def replaced_key_goes_on_as_if_it_were_not(world, bundle):
    copy = world.copy_of(world.base / "keyed-old", bundle, '{"t":"scrutineer/of.tomorrow/v9"}')
    return with_key(world, world.published(copy, bundle), world.second_key)


@attack
def replaced_key_goes_on_before_one_who_knows_no_other(world, bundle):
    copy = world.copy_of(world.base / "keyed-old", bundle, '{"t":"scrutineer/of.tomorrow/v9"}')
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def replaced_key_against_one_who_remembers(world, bundle):
    copy = world.copy_of(world.base / "keyed-old", bundle, '{"t":"scrutineer/of.tomorrow/v9"}')
    return [world.published(copy, bundle), "--key", world.first_key, "--known",
            world.base / "keyed-bundle" / "log" / "checkpoint"]


@attack
def guardians_of_ones_own(world, bundle):
    """A whole false record of the same name, whose own guardians declare the log's true key bad."""
    definition = bundle.parent / "definition"
    shutil.copytree(world.base / "keyed", definition)
    mine = [bundle.parent / f"mine{i}" for i in (1, 2)]
    shown = [must(PROGRAM, "key", "new", f"m{i}", "--key", file).splitlines()[-1].strip() for i, file in enumerate(mine)]
    file = definition / "election.toml"
    file.write_text(re.sub(r"(?m)^keys = .*$", f"keys = {json.dumps(shown)}", file.read_text()))
    record = bundle.parent / "record"
    origin = world.first_key.split("+")[0]
    must(PROGRAM, "-C", record, "init", "--election", definition / "election.toml", "--origin", origin)
    own = (record / "log" / "log.vkey").read_text()
    (record / "log" / "log.vkeys").write_text(own)
    (record / "log" / "log.vkey").write_text(world.first_key + "\n")
    statement = world.revoked(record, 1, mine)
    (record / "log" / "log.vkey").write_text(own)
    must(PROGRAM, "-C", record, "key", "take", statement)
    world.published(record, bundle)
    shutil.rmtree(bundle / "log" / "checkpoints")
    (bundle / "log" / "checkpoints").mkdir()
    return with_key(world, bundle, world.first_key)


@attack
def revocation_of_a_key_that_the_log_never_had(world, bundle):
    copy = world.copy_of(world.keyed, bundle)
    true = (copy / "log" / "log.vkey").read_text()
    rotated = entries_of(entry_files(copy)[-1])
    size = int((copy / "log" / "checkpoint").read_text().splitlines()[1])
    statement = world.revoked(copy, size, world.guardians[:2])
    said = json.loads(statement.read_text())
    # By then the first key had been replaced.
    said["key"] = world.first_key
    forge(copy, json.dumps(said, sort_keys=True, separators=(",", ":")))
    assert true == (copy / "log" / "log.vkey").read_text() and rotated
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def revocation_by_too_few_guardians(world, bundle):
    copy = world.copy_of(world.keyed, bundle)
    statement = world.revoked(copy, 5, world.guardians[:1])
    assert run(PROGRAM, "-C", copy, "key", "take", statement).returncode == 3
    forge(copy, statement.read_text().strip())
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def thief_of_the_key_before_it_was_declared_bad(world, bundle):
    copy = world.copy_of(world.keyed, bundle)
    size = int((copy / "log" / "checkpoint").read_text().splitlines()[1])
    must(PROGRAM, "-C", copy, "import", MADE_UP / "returns-observers.csv", "--source", "thief")
    must(PROGRAM, "-C", copy, "key", "rotate")
    must(PROGRAM, "-C", copy, "key", "take", world.revoked(copy, size, world.guardians[1:]))
    return with_key(world, world.published(copy, bundle), world.first_key)


@attack
def entry_behind_the_seal(world, bundle):
    copy = world.copy_of(world.record, bundle)
    must(PROGRAM, "-C", copy, "seal")
    forge(copy, '{"t":"scrutineer/of.tomorrow/v9"}')
    world.published(copy, bundle)


@attack
def seal_of_another_size(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"size":3,"t":"scrutineer/log.sealed/v1"}')


@attack
def withholding_of_what_is_no_picture(world, bundle):
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"reason":"court-order","t":"scrutineer/picture.withheld/v1"}')


# ---- the evidence

@attack
def evidence_altered(world, bundle):
    flip(plain_files(bundle / "evidence")[0])


@attack
def evidence_gone(world, bundle):
    plain_files(bundle / "evidence")[0].unlink()


@attack
def evidence_swapped(world, bundle):
    first, second = plain_files(bundle / "evidence")[:2]
    one, two = first.read_bytes(), second.read_bytes()
    write(first, two)
    write(second, one)


@attack
def evidence_of_another_size(world, bundle):
    file = plain_files(world.record / "evidence")[0]
    world.forged_bundle(bundle, f'{{"at":1,"kind":"claim","sha256":"{file.name}","size":3,'
                                '"t":"scrutineer/evidence.received/v1"}',
                        f'{{"at":1,"kind":"claim","sha256":"{"0" * 64}","size":3,"t":"scrutineer/evidence.received/v1"}}')


# ---- the readings

def row_of(world, head, null):
    text = (MADE_UP / "returns.csv").read_text().splitlines()[1].split(",")
    place = ",".join(f'"{p}"' for p in text[1:4])
    return (f'{{"import":{head},"invalid":0,"null":{int(text[6]) + null},"place":[{place}],"registered":{text[4]},"row":2,'
            f'"station":"{text[0]}","t":"scrutineer/return.transcribed/v1","valid":{text[5]},"votes":[{",".join(text[7:])}]}}')


@attack
def figures_that_the_file_does_not_say(world, bundle):
    head = int((world.record / "log" / "checkpoint").read_text().splitlines()[1])
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"names":0,"refused":0,"rows":1,"source":"x",'
                                '"t":"scrutineer/returns.imported/v1"}', row_of(world, head, 1))


@attack
def rows_left_out_of_an_import(world, bundle):
    head = int((world.record / "log" / "checkpoint").read_text().splitlines()[1])
    world.forged_bundle(bundle, '{"at":1,"evidence":1,"names":0,"refused":0,"rows":1,"source":"x",'
                                '"t":"scrutineer/returns.imported/v1"}', row_of(world, head, 0))


@attack
def claim_in_anothers_name(world, bundle):
    entries = [e for file in entry_files(world.base / "bundle") for e in entries_of(file)]
    claim = next(i for i, e in enumerate(entries) if b'"kind":"claim"' in e)
    world.forged_bundle(bundle, f'{{"at":1,"claim":"never-made","evidence":{claim},"t":"scrutineer/claim.made/v1"}}')


# ---- the result

@attack
def result_altered(world, bundle):
    file = bundle / "result.json"
    write(file, file.read_bytes().replace(b'"ALBA":', b'"ALBA":1', 1))


@attack
def stated_result_with_another_count(world, bundle):
    def alter(result):
        result["counts"][0]["rows"][0]["votes"]["ALBA"] += 1000
    world.stated(bundle, alter)


@attack
def stated_result_with_another_winner(world, bundle):
    def alter(result):
        outcome = result["judgement"]["outcome"]
        outcome["leader"], outcome["runner_up"] = outcome["runner_up"], outcome["leader"]
    world.stated(bundle, alter)


@attack
def stated_result_that_hides_a_contradiction(world, bundle):
    def alter(result):
        for claim in result["judgement"]["claims"]:
            for check in claim["checks"]:
                check["status"] = "consistent"
            claim["contradicted"] = False
    world.stated(bundle, alter)


@attack
def table_altered(world, bundle):
    file = bundle / "data" / "returns.csv"
    write(file, file.read_bytes().replace(b",275,", b",975,", 1))


@attack
def parquet_altered(world, bundle):
    flip(bundle / "data" / "returns.parquet", 60)


# ---- the proofs

def proofs_of(bundle):
    return plain_files(bundle / "proofs")


@attack
def proof_altered(world, bundle):
    flip(proofs_of(bundle)[7], 400)


@attack
def proof_of_another_entry(world, bundle):
    first, second = proofs_of(bundle)[:2]
    write(first, second.read_bytes())


@attack
def proof_of_an_older_checkpoint(world, bundle):
    name = proofs_of(world.base / "old")[3].relative_to(world.base / "old")
    write(bundle / name, (world.base / "old" / name).read_bytes())


@attack
def proof_of_nothing(world, bundle):
    (bundle / "proofs" / "000" / "99999.tlog-proof").write_bytes(proofs_of(bundle)[0].read_bytes())


@attack
def proofs_gone(world, bundle):
    shutil.rmtree(bundle / "proofs")


# ---- pictures that are shown in part

@attack_on_pictures
def shown_part_altered(world, bundle, jpeg, png_):
    flip(jpeg)


@attack_on_pictures
def shown_pixel_altered(world, bundle, jpeg, png_):
    chunks = chunks_of(png_)
    pixels = bytearray(zlib.decompress(b"".join(data for kind, data in chunks if kind == "IDAT")))
    pixels[-1] ^= 1
    put_chunks(png_, [*[c for c in chunks if c[0] != "IDAT"], ("IDAT", zlib.compress(bytes(pixels)))])


@attack_on_pictures
def hidden_part_filled(world, bundle, jpeg, png_):
    chunks = chunks_of(png_)
    pixels = bytearray(zlib.decompress(b"".join(data for kind, data in chunks if kind == "IDAT")))
    # The first byte of each row says how it is filtered: nothing is, as far as the hidden cells are grey.
    rows = [bytearray(row) for row in unfiltered(pixels, 150 * 3)]
    assert rows[24][3 * 24:3 * 24 + 3] == b"\x80\x80\x80"
    rows[24][3 * 24] = 255
    put_chunks(png_, [*[c for c in chunks if c[0] != "IDAT"], ("IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))])


def unfiltered(data, stride, step=3):
    rows, before = [], bytearray(stride)
    for at in range(0, len(data), stride + 1):
        kind, row = data[at], bytearray(data[at + 1:at + 1 + stride])
        for i in range(stride):
            a, b, c = (row[i - step] if i >= step else 0), before[i], (before[i - step] if i >= step else 0)
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            row[i] = row[i] + (0, a, b, (a + b) // 2, paeth)[kind] & 255
        rows.append(row)
        before = row
    return rows


@attack_on_pictures
def mask_widened(world, bundle, jpeg, png_):
    proof = jpeg.with_suffix(".redaction")
    write(proof, re.sub(rb"hidden (\d+)", lambda m: b"hidden %d" % (int(m[1]) - 1), proof.read_bytes(), count=1))


@attack_on_pictures
def words_in_a_picture(world, bundle, jpeg, png_):
    data = jpeg.read_bytes()
    write(jpeg, data[:2] + b"\xff\xfe\x00\x06NAME" + data[2:])


@attack_on_pictures
def words_in_a_png(world, bundle, jpeg, png_):
    chunks = chunks_of(png_)
    put_chunks(png_, [chunks[0], ("tEXt", b"Author\0somebody"), *chunks[1:]])


@attack_on_pictures
def png_shown_in_the_dark(world, bundle, jpeg, png_):
    chunks = chunks_of(png_)
    put_chunks(png_, [chunks[0], ("gAMA", struct.pack(">I", 1)), *[c for c in chunks[1:] if c[0] != "sRGB"]])


@attack_on_pictures
def segments_in_another_order(world, bundle, jpeg, png_):
    data = jpeg.read_bytes()
    segments, scan = segments_of(data)
    order = sorted(segments, key=lambda one: {0xC4: 0, 0xDB: 1}.get(one[0], 2) if one[0] != 0xE0 else -1)
    assert order != segments
    write(jpeg, data[:2] + b"".join(bytes_ for _, bytes_ in order) + data[scan:])


@attack_on_pictures
def bytes_behind_a_picture(world, bundle, jpeg, png_):
    write(jpeg, jpeg.read_bytes() + b"NAME")


@attack_on_pictures
def bytes_behind_a_png(world, bundle, jpeg, png_):
    write(png_, png_.read_bytes() + b"NAME")


@attack_on_pictures
def original_instead(world, bundle, jpeg, png_):
    write(jpeg, world.original.read_bytes())


@attack_on_pictures
def picture_that_nobody_approved(world, bundle, jpeg, png_):
    (bundle / "redacted" / "aa").mkdir(exist_ok=True)
    (bundle / "redacted" / "aa" / f"{'aa' * 32}.jpg").write_bytes(jpeg.read_bytes())


@attack_on_pictures
def approval_said_again(world, bundle, jpeg, png_):
    record = world.copy_of(world.base / "picture-record", bundle)
    shown = {file.name: file.read_bytes() for file in (png_, png_.with_suffix(".redaction"))}
    approvals = [entry for file in entry_files(bundle) for entry in entries_of(file) if b"redaction.approved" in entry]
    older = [entry.decode() for entry in approvals if json.loads(entry)["mask"] == json.loads(approvals[1])["mask"]]
    assert len(approvals) == 4 and len(older) == 2
    mask = bundle.parent / "more.toml"
    mask.write_text(f'picture = "{png_.stem}"\n\n[[hide]]\nwhat = "all of the name"\nbox = [10, 10, 90, 60]\n')
    for name in ("ana", "luis"):
        must(PROGRAM, "-C", record, "redact", "approve", png_.stem, "--mask", mask, "--key", world.base / f"{name}.key")
    forge(record, *older)
    for name, bytes_ in shown.items():
        write(record / "redacted" / name[:2] / name, bytes_)
    world.published(record, bundle)


@attack_on_pictures
def proof_of_another_picture(world, bundle, jpeg, png_):
    write(jpeg.with_suffix(".redaction"), png_.with_suffix(".redaction").read_bytes())


@attack_on_pictures
def picture_without_its_proof(world, bundle, jpeg, png_):
    png_.with_suffix(".redaction").unlink()


@attack_on_pictures
def picture_left_out(world, bundle, jpeg, png_):
    jpeg.unlink()


# ---- the container

def repacked(world, bundle, *words):
    tar = bundle.parent / "attack.tar"
    must("tar", "-C", bundle, "-cf", tar, *words)
    return [tar, "--key", world.key]


@attack
def tar_with_a_link(world, bundle):
    (bundle / "result.json").unlink()
    (bundle / "result.json").symlink_to("index.html")
    return repacked(world, bundle, "--format=ustar", ".")


@attack
def tar_with_a_name_twice(world, bundle):
    return repacked(world, bundle, "--format=ustar", "log", "evidence", "election.toml", "roster.csv", "result.json", "data",
                    "--hard-dereference", "log/checkpoint")


@attack
def tar_cut_off(world, bundle):
    tar = bundle.parent / "attack.tar"
    tar.write_bytes((world.base / "bundle.tar").read_bytes()[:200_000])
    return [tar, "--key", world.key]


# ---- what no verifier can see, and what is no fault

@attack
def old_copy_to_one_who_knows_nothing(world, bundle):
    return [world.base / "old", "--key", world.key]


@attack
def second_history_to_one_who_knows_nothing(world, bundle):
    return [world.base / "fork", "--key", world.key]


@attack
def words_and_page_altered(world, bundle):
    for name in ("README.txt", "index.html", "SHA256SUMS", "verifier/dist/verifier.html"):
        flip(bundle / name)


@attack
def junk_of_unknown_type(world, bundle):
    world.forged_bundle(bundle, '{"t":"scrutineer/of.tomorrow/v9"}')


def catalogue():
    """Name -> exit code, from the tables of docs/threats.md whose last column is an exit code."""
    rows = {}
    for line in (ROOT / "docs" / "threats.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        named = re.fullmatch(r"`([a-z-]+)`", cells[0])
        if line.startswith("|") and named and cells[-1].isdigit():
            rows[named[1]] = int(cells[-1])
    return rows


class Attacks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.catalogue = catalogue()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.world.base)

    def made(self, name):
        pictures = name in ON_PICTURES
        bundle = self.copy_of("pictures" if pictures else "bundle")
        more = [bundle / self.world.jpeg, bundle / self.world.png] if pictures else []
        words = ATTACKS[name](self.world, bundle, *more)
        if words is None:
            words = [bundle, "--key", self.world.picture_key if pictures else self.world.key]
        elif not isinstance(words[0], pathlib.Path):
            words = [bundle, *words]
        return words

    def copy_of(self, which):
        bundle = pathlib.Path(tempfile.mkdtemp(dir=self.world.base)) / "bundle"
        shutil.copytree(self.world.base / which, bundle)
        return bundle

    def both(self, lists):
        """What each verifier says to each list of words: (code, out, err) twice."""
        lines = "".join(json.dumps([str(word) for word in [*words, "--json"]]) + "\n" for words in lists)
        second = subprocess.Popen(["node", "--input-type=module", "-e", SECOND], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            theirs = pool.submit(second.communicate, lines)
            first = [run(PROGRAM, "verify", *words, "--json") for words in lists]
            said = [json.loads(line) for line in theirs.result()[0].splitlines()]
        self.assertEqual(len(said), len(lists))
        return [((a.returncode, a.stdout, a.stderr), (b["code"], b["out"], b["err"])) for a, b in zip(first, said)]

    def test_the_catalogue_and_the_attacks_are_the_same(self):
        self.assertEqual(sorted(self.catalogue), sorted(ATTACKS))

    def test_every_attack_ends_where_the_catalogue_says_by_both_verifiers(self):
        names = sorted(ATTACKS)
        for name, (first, second) in zip(names, self.both([self.made(name) for name in names])):
            with self.subTest(attack=name):
                code = first[0]
                self.assertEqual(code, self.catalogue.get(name), first)
                self.assertEqual(second[0], code, second)
                if code < 10:
                    continue
                one, two = json.loads(first[1]), json.loads(second[1])
                self.assertTrue(one["levels"][code - 10]["problems"], "it says what and where")
                for a, b in zip(one["levels"], two["levels"]):
                    self.assertEqual((a["holds"], a["reached"]), (b["holds"], b["reached"]), f"level {a['level']}")

    def test_what_was_not_attacked_holds_by_both_verifiers(self):
        w = self.world
        lists = [[w.base / "bundle", "--key", w.key], [w.base / "bundle", "--policy", w.policy],
                 [w.base / "bundle.tar", "--key", w.key], [w.record, "--key", w.key],
                 [w.base / "bundle", "--key", w.key, "--known", w.base / "old" / "log" / "checkpoint"]]
        for first, second in self.both(lists):
            self.assertEqual((first[0], second[0]), (0, 0), (first, second))
            one, two = json.loads(first[1]), json.loads(second[1])
            for key in ("origin", "tree_size", "root", "cosigned_by", "key", "policy"):
                self.assertEqual(one[key], two[key], key)

    def test_pictures_that_were_not_attacked_hold_by_both_verifiers(self):
        w = self.world
        for first, second in self.both([[w.base / "pictures", "--key", w.picture_key]]):
            self.assertEqual((first[0], second[0]), (0, 0), (first, second))
            for said in (first, second):
                self.assertEqual(json.loads(said[1])["pictures_redacted"], 2)

    def test_a_picture_with_a_byte_altered_anywhere_gets_the_same_verdict_of_both(self):
        w, chance, lists = self.world, random.Random(5), []
        for name in (w.jpeg, w.png):
            size = (w.base / "pictures" / name).stat().st_size
            # Not the last byte of a JPEG's scan, the end of which says nothing.
            for at in [*range(2, 40, 9), *(chance.randrange(size - 3) for _ in range(6)), size - 1]:
                bundle = self.copy_of("pictures")
                flip(bundle / name, at)
                lists.append([bundle, "--key", w.picture_key])
        for words, (first, second) in zip(lists, self.both(lists)):
            self.assertEqual((first[0], second[0]), (13, 13), (words, first, second))

    def test_a_log_that_changed_its_key_holds_by_each_of_its_keys(self):
        w = self.world
        before, after = w.base / "keyed-before" / "log" / "checkpoint", w.base / "keyed-bundle"
        lists = [[w.base / "keyed-before", "--key", w.first_key], [after, "--key", w.first_key, "--known", before],
                 [after, "--key", w.second_key, "--known", before], [w.keyed]]
        for first, second in self.both(lists):
            self.assertEqual((first[0], second[0]), (0, 0), (first, second))
            one, two = json.loads(first[1]), json.loads(second[1])
            self.assertEqual(one["keys"], two["keys"])
        self.assertEqual(one["keys"], [w.first_key, w.second_key])

    def test_what_a_bad_key_signed_is_listed_and_counts_for_nothing_by_both_verifiers(self):
        words = self.made("thief-of-the-key-before-it-was-declared-bad")
        ((first, second),) = self.both([words])
        one, two = json.loads(first[1]), json.loads(second[1])
        self.assertEqual((one["voided"], one["void_checkpoints"]), (two["voided"], two["void_checkpoints"]))
        (voided,) = one["voided"]
        self.assertEqual(voided["person"], "")
        self.assertTrue(one["void_checkpoints"])
        # What it signed before stands, and nothing of what came later.
        record = words[0].parent / "record"
        self.assertEqual(must(PROGRAM, "-C", record, "tally", "--json"), must(PROGRAM, "-C", self.world.keyed, "tally", "--json"))

    def test_a_seal_is_told_by_both_verifiers(self):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.world.base))
        shutil.copytree(self.world.record, folder / "record")
        rec = (PROGRAM, "-C", folder / "record")
        must(*rec, "seal")
        must(*rec, "publish", folder / "bundle", "--bundle")
        ((first, second),) = self.both([[folder / "bundle", "--key", self.world.key]])
        self.assertEqual((first[0], second[0]), (0, 0), (first, second))
        one, two = json.loads(first[1]), json.loads(second[1])
        self.assertEqual((one["sealed"], two["sealed"]), (one["tree_size"] - 1,) * 2)
        size = one["tree_size"]
        for words in (["import", MADE_UP / "returns.csv", "--source", "late"], ["seal"], ["key", "rotate"], ["audit", "plan", "late", "--method", "kaplan-markov"], ["redact", "person", self.world.key]):
            said = run(*rec, *words)
            self.assertIn(said.returncode, (3,), (words, said))
            self.assertIn("sealed", said.stderr, words)
        self.assertEqual((folder / "record" / "log" / "checkpoint").read_text().splitlines()[1], str(size))

    def test_a_kept_file_that_the_log_never_signed_accuses_nobody(self):
        w = self.world
        checkpoint = (w.base / "bundle" / "log" / "checkpoint").read_bytes()
        for number, kept in enumerate([b"", b"\xff\xfe\0a", checkpoint[:-40], checkpoint.replace(b"\n", b"x\n", 1)]):
            file = w.base / f"kept{number}"
            file.write_bytes(kept)
            for first, second in self.both([[w.base / "bundle", "--key", w.key, "--known", file]]):
                self.assertEqual((first[0], second[0]), (3, 3), (first, second))

    def test_a_flipped_bit_in_any_file_is_caught_at_the_level_of_that_file(self):
        levels = [(r"log/checkpoint$", 10), (r"log/(tile|checkpoints)/", 11), (r"election.toml|roster.csv", 12),
                  (r"evidence/", 13), (r"result.json|data/|proofs/", 15)]
        bundle = self.world.base / "old"
        seen = set()
        for file in plain_files(bundle):
            name = str(file.relative_to(bundle))
            level = next((level for pattern, level in levels if re.match(pattern, name)), 0)
            if level == 0 and re.match(r"verifier/", name) or re.match(r"proofs/.*[1-9]\.", name):
                continue  # of many that are alike, some
            seen.add(level)
            flip(file)
            said = run(PROGRAM, "verify", bundle, "--key", self.world.key)
            self.assertEqual(said.returncode, level, name + said.stdout)
            self.assertNotEqual(run("sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS", cwd=bundle).returncode, 0, name)
            flip(file)
        self.assertEqual(seen, {0, 10, 11, 12, 13, 15})

    def test_a_whole_bundle_is_what_its_checksums_say_and_holds_no_key(self):
        self.assertEqual(run("sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS", cwd=self.world.base / "old").returncode, 0)
        for file in plain_files(self.world.base / "old"):
            self.assertNotIn(b"PRIVATE+KEY", file.read_bytes(), file)
        listed = must("tar", "-tf", self.world.base / "bundle.tar").splitlines()
        on_disk = [str(f.relative_to(self.world.base / "bundle")) for f in plain_files(self.world.base / "bundle")]
        self.assertEqual(sorted(listed), sorted(on_disk))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
