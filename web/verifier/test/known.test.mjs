// SPDX-License-Identifier: Apache-2.0
//
// Known answers: those of tests/vectors/log.json, which the C++ is held against too, and of other people's
// programs.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { parquetReadObjects } from "hyparquet";

globalThis.crypto ??= webcrypto;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const compiled = await build({
  entryPoints: [here("exports.ts")], bundle: true, write: false, format: "esm", platform: "node", charset: "utf8",
});
const v = await import(`data:text/javascript;base64,${Buffer.from(compiled.outputFiles[0].text).toString("base64")}`);
const known = JSON.parse(await readFile(here("../../../tests/vectors/log.json"), "utf8"));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));

test("SHA-256 is that of Node, at every length around a block and in pieces", () => {
  for (let size = 0; size < 200; ++size) {
    const message = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) % 256);
    const expected = createHash("sha256").update(message).digest("hex");
    assert.equal(v.hex(v.sha256(message)), expected);
    const stream = new v.Sha256();
    for (let at = 0; at < size; at += 13) stream.add(message.subarray(at, at + 13));
    assert.equal(v.hex(stream.finish()), expected);
  }
});

test("leaves, roots and paths are the known ones", () => {
  const tree = known.tree8;
  const leaves = tree.leaves_hex.map((leaf) => v.leafHash(bytes(leaf)));
  assert.deepEqual(leaves.map(v.hex), tree.leaf_hashes_hex);
  tree.roots_hex.forEach((root, size) => assert.equal(v.hex(v.rootOf(leaves.slice(0, size))), root));
  for (const { level, n, w, path } of known.paths.tile)
    if (Number.isSafeInteger(Number(n))) assert.equal(v.tilePath(String(level), Number(n), w || 256), `log/${path}`);
  for (const { n, w, path } of known.paths.entries)
    if (Number.isSafeInteger(Number(n))) assert.equal(v.tilePath("entries", Number(n), w || 256), `log/${path}`);
});

test("Ed25519 accepts exactly what the one rule accepts", async () => {
  assert.ok(known.ed25519_strictness.cases.length > 5);
  for (const one of known.ed25519_strictness.cases)
    assert.equal(
      await v.verifies(bytes(one.key_hex), v.utf8(one.msg_utf8), bytes(one.sig_hex)), one.scrutineer_must_accept, one.flags,
    );
});

test("keys and notes that must be refused are", async () => {
  for (const key of known.vkey_must_reject.cases) assert.throws(() => v.parseVkey(key), v.Wrong, key);
  const good = known.notes_must_reject.vkey;
  for (let size = 0; size < good.length; ++size) assert.throws(() => v.parseVkey(good.slice(0, size)), v.Wrong);
  let parsed = 0;
  for (const { note } of known.notes_valid) parsed += v.parseNote(v.utf8(note)).lines.length;
  assert.ok(parsed >= known.notes_valid.length);
});

test("a checkpoint opens with its log's key, and no longer with any character changed", async () => {
  const { vkey, checkpoints } = known.tessera_log15;
  const key = v.parseVkey(vkey);
  const note = checkpoints.at(-1).note ?? checkpoints.at(-1);
  assert.equal((await v.openCheckpoint(v.utf8(note), key)).size, 15);
  for (let at = 0; at < note.length; ++at) {
    const changed = note.slice(0, at) + (note[at] === "x" ? "y" : "x") + note.slice(at + 1);
    await assert.rejects(v.openCheckpoint(v.utf8(changed), key), v.Wrong, `character ${at}`);
  }
});

test("a quorum is one only with all the cosignatures that it needs", async () => {
  const { tlog_proof: proof, policy_2of2: policy } = known.derived_tlog_proof;
  const note = proof.slice(proof.indexOf("\n\n") + 2);
  const names = await v.cosigners(v.utf8(note), v.parsePolicy(v.utf8(policy)));
  assert.equal(names.length, 2);
  const lines = note.split("\n");
  const without = [...lines.slice(0, -2), ""].join("\n");
  await assert.rejects(v.cosigners(v.utf8(without), v.parsePolicy(v.utf8(policy))), v.Wrong);
  for (let size = 0; size < policy.length; size += 7) assert.throws(() => v.parsePolicy(v.utf8(policy.slice(0, size))), v.Wrong);
});

test("canonical JSON has one spelling", () => {
  for (const text of ['{"b":1,"a":2}', "[1, 2]", "[01]", "[-0]", "[1.0]", '["\\u0041"]', '["\\u000a"]', '["\\/"]', "[9007199254740992]",
    '{"a":1,"a":1}', "\ufeff[1]", '["\\ud800"]', "[true]", "[null]", "[-1]", '["\\n"]', "[[[[[1]]]]]", '{"A":1}'])
    assert.throws(() => v.parseEntry(v.utf8(text)), v.Wrong, text);
  const example = known.derived_leaf_example.canonical_utf8;
  assert.equal(v.write(v.parseEntry(v.utf8(example))), example);
  assert.equal(v.hex(v.leafHash(v.utf8(example))), known.derived_leaf_example.leaf_hash_hex);
});

test("TOML says what it says, and what is not known here is refused", () => {
  const said = v.parseToml(v.utf8('a = 1_000 # so\nb.c = ["x", "\\u00f1"]\n[d]\ne = { f = -2, g = true }\n[[h]]\ni = 1.5\n[[h]]\nj = 2024-07-29T00:09:00-04:00\n'));
  assert.equal(said.get("a"), 1000);
  assert.deepEqual(said.get("b").get("c"), ["x", "ñ"]);
  assert.equal(said.get("d").get("e").get("f"), -2);
  assert.equal(said.get("h")[0].get("i").value, 1.5);
  assert.equal(said.get("h")[1].get("j").text, "2024-07-29T00:09:00-04:00");
  for (const text of ["", "a", "a = ", "a = 1 b = 2", "a = 1\na = 2", "[a]\n[a]", "a = 01", 'a = "', "a = '''x'''", "a = 0x1", "a = 1e3", "[a]\n[[a]]",
    "a = {b = 1}\n[a.c]", "a = [1]\n[[a]]", "a = tru"])
    assert.throws(() => v.parseToml(v.utf8(text)), v.Wrong, text);
});

test("CSV is read as people's files have it", () => {
  const rows = [...v.rowsOf('\ufeffa,"b ""c""\n",d\r\n\n1,,\n', ",")];
  assert.deepEqual(rows, [{ line: 1, fields: ["a", 'b "c"\n', "d"] }, { line: 4, fields: ["1", "", ""] }]);
  assert.throws(() => [...v.rowsOf('"a', ",")], v.Wrong);
  assert.throws(() => [...v.rowsOf('"a"b', ",")], v.Wrong);
});

test("near repeats are one photograph, also in a chain", () => {
  const print = (bits) => BigInt(`0b${"1".repeat(bits) || 0}`).toString(16).padStart(64, "0");
  assert.equal(v.differentPictures([print(0), print(15)]), 1);
  assert.equal(v.differentPictures([print(0), print(16)]), 2);
  assert.equal(v.differentPictures([print(0), print(30), print(15)]), 1);
});

test("other people's Parquet reader reads the table", async () => {
  const columns = [
    { name: "station", texts: ["a", "ñ,\"", ""] },
    { name: "votes", counts: [7, undefined, 2 ** 40] },
    ...Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, counts: [i, i, i] })),
  ];
  const file = v.parquet(columns);
  const rows = await parquetReadObjects({ file: file.buffer });
  assert.deepEqual(rows.map((row) => row.station), ["a", "ñ,\"", ""]);
  assert.deepEqual(rows.map((row) => row.votes ?? null), [7n, null, 2n ** 40n]);
  assert.equal(rows[2].c19, 19n);
});

test("a tar that could be two bundles is none", async () => {
  const list = (archive) => v.listTar(archive.length, async (offset, size) => archive.subarray(offset, offset + size));
  await assert.rejects(list(new Uint8Array(1024)), v.Wrong);
  await assert.rejects(list(new Uint8Array(100)), v.Wrong);
});

const redaction = JSON.parse(await readFile(here("../../../tests/vectors/redaction.json"), "utf8"));
const redacted = redaction.pictures.map((one) => ({ ...one, file: Uint8Array.from(Buffer.from(one.redacted, "base64")) }));
const opened = async (one, file) => (one.kind === "jpeg" ? new v.Jpeg(file) : v.Png.open(file));
const held = async (one, file, proof, mask) => v.checkCells(await opened(one, file), v.utf8(proof), one.leaves, bytes(one.root), mask);
const cellsOf = (picture) => Array.from({ length: picture.leaves }, (_, leaf) => v.hex(picture.content(leaf)));

test("redacted pictures hold, and show what the original had", async () => {
  assert.ok(redacted.some((one) => one.kind === "pixels") && redacted.some((one) => one.kind === "jpeg"));
  for (const one of redacted) {
    await held(one, one.file, one.proof, one.mask);
    const picture = await opened(one, one.file);
    for (let leaf = 1; leaf < picture.leaves; ++leaf)
      if (v.hides(v.rangesOf(one.mask), leaf)) assert.ok(picture.isFiller(leaf), `${one.what}: ${leaf}`);
  }
});

test("with any byte changed a redacted picture is refused, or is the same picture", async () => {
  let refused = 0;
  let same = 0;
  for (const one of redacted) {
    const good = cellsOf(await opened(one, one.file));
    for (let at = 0; at < one.file.length; at += 5) {
      for (const flip of [1, 0x80, 0xff]) {
        const bad = Uint8Array.from(one.file);
        bad[at] ^= flip;
        try {
          await held(one, bad, one.proof, one.mask);
        } catch (error) {
          assert.ok(error instanceof v.Wrong, `${one.what}, byte ${at}: ${error.stack}`);
          ++refused;
          continue;
        }
        assert.deepEqual(cellsOf(await opened(one, bad)), good, `${one.what}, byte ${at}`);
        ++same;
      }
    }
  }
  // What is left are bits that say nothing: padding, a code that is not used.
  assert.ok(same < refused / 50, `${same} of ${refused}`);
});

test("a redacted picture that is cut off, goes on, or is in another order is refused", async () => {
  for (const one of redacted) {
    for (let size = 0; size < one.file.length; size += 7) await assert.rejects(held(one, one.file.subarray(0, size), one.proof, one.mask), v.Wrong);
    await assert.rejects(held(one, v.joined([one.file, Uint8Array.of(0)]), one.proof, one.mask), v.Wrong);
    if (one.kind !== "jpeg") continue;
    const end = one.file.length - 2;
    await assert.rejects(held(one, v.joined([one.file.subarray(0, end), Uint8Array.of(7), one.file.subarray(end)]), one.proof, one.mask), v.Wrong);
    const comment = Uint8Array.of(0xff, 0xfe, 0, 4, 65, 66);
    await assert.rejects(held(one, v.joined([one.file.subarray(0, 2), comment, one.file.subarray(2)]), one.proof, one.mask), v.Wrong);
    const first = one.file.subarray(2, 20);
    await assert.rejects(held(one, v.joined([one.file.subarray(0, 20), first, one.file.subarray(20)]), one.proof, one.mask), v.Wrong);
  }
});

test("a proof with another mask, number of cells or node does not hold", async () => {
  for (const one of redacted) {
    for (const mask of ["none", "1", "1-2"]) if (mask !== one.mask) {
      await assert.rejects(held(one, one.file, one.proof, mask), v.Wrong);
      await assert.rejects(held(one, one.file, one.proof.replace(/hidden .*/, `hidden ${mask}`), mask), v.Wrong);
    }
    await assert.rejects(held(one, one.file, one.proof.replace(/leaves .*/, `leaves ${one.leaves + 1}`), one.mask), v.Wrong);
    const lines = one.proof.split("\n");
    await assert.rejects(held(one, one.file, [...lines.slice(0, 3), ...lines.slice(4)].join("\n"), one.mask), v.Wrong);
    await assert.rejects(held(one, one.file, [...lines.slice(0, 4), ...lines.slice(3)].join("\n"), one.mask), v.Wrong);
    for (let at = lines.slice(0, 3).join("\n").length + 1; at < one.proof.length - 1; at += 3) {
      const bad = one.proof.slice(0, at) + (one.proof[at] === "A" ? "B" : "A") + one.proof.slice(at + 1);
      await assert.rejects(held(one, one.file, bad, one.mask), v.Wrong);
    }
  }
});

test("a picture of zeros, of noise and of a megabyte of nothing is refused in good time", async () => {
  for (const one of redacted.slice(0, 1)) {
    for (let seed = 1; seed < 400; ++seed) {
      let state = seed;
      const noise = Uint8Array.from(one.file, (byte, i) => {
        state = (state * 48271) % 2147483647;
        return i > 100 && state % 40 === 0 ? state & 255 : byte;
      });
      await held(one, noise, one.proof, one.mask).catch((error) => assert.ok(error instanceof v.Wrong, error.stack));
    }
    await assert.rejects(held(one, new Uint8Array(1 << 20), one.proof, one.mask), v.Wrong);
  }
});

test("a proof lies a thousand to a folder", () => {
  assert.equal(v.proofPath(0), "proofs/000/0.tlog-proof");
  assert.equal(v.proofPath(12345), "proofs/012/12345.tlog-proof");
  assert.equal(v.proofPath(1234567), "proofs/1234/1234567.tlog-proof");
});
