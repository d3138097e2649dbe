// SPDX-License-Identifier: Apache-2.0
//
// What the tests look at.
export * from "../src/bytes.js";
export { parseEntry, write } from "../src/canon.js";
export { checkCells, hides, nodesOf, rangesOf } from "../src/cells.js";
export { rowsOf } from "../src/csv.js";
export { parseGrammar } from "../src/definition.js";
export { verifies } from "../src/ed25519.js";
export { Jpeg } from "../src/jpeg.js";
export { leafHash, rootOf, tilePath } from "../src/merkle.js";
export { differentPictures } from "../src/near.js";
export { cosigners, openCheckpoint, parseNote, parsePolicy, parseVkey } from "../src/note.js";
export { Png } from "../src/png.js";
export { proofPath } from "../src/proofs.js";
export { Sha256, sha256 } from "../src/sha256.js";
export { csv, parquet } from "../src/tables.js";
export { listTar } from "../src/tar.js";
export { Decimal, Moment, parseToml } from "../src/toml.js";
