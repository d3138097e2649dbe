// SPDX-License-Identifier: Apache-2.0
// The peer: DuckDB counts the same returns of the same CSV file, all levels, grouped by code.
//   node duckdb_tally.mjs FILE.csv THREADS
import { DuckDBInstance } from "@duckdb/node-api";

const [file, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads });
const db = await instance.connect();
await db.run(`CREATE TABLE r AS SELECT * FROM read_csv('${file.replaceAll("'", "''")}', header = true, types = {
  'station': 'VARCHAR', 'region': 'VARCHAR', 'province': 'VARCHAR', 'centre': 'VARCHAR'})`);
const sums = ["registered", "valid", '"null"', "ALBA", "BREZO", "CEDRO", "DALIA"].map((c) => `sum(${c})`).join(", ");
const times = [];
let valid;
for (let i = 0; i < 9; i++) {
  const begin = process.hrtime.bigint();
  for (const level of ["'IC'", "region", "province", "centre"]) {
    const rows = await db.runAndReadAll(`SELECT ${level} AS unit, count(*), ${sums} FROM r GROUP BY 1`);
    if (level === "'IC'") valid = rows.getRows()[0][3];
  }
  times.push(Number(process.hrtime.bigint() - begin) / 1e6);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ threads: Number(threads), ms: Math.round(times[4] * 100) / 100, valid: String(valid) }));
