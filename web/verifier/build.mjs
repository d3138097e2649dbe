// SPDX-License-Identifier: Apache-2.0
//
// Makes dist/ from src/ and page/: one program for Node, and one page that needs nothing beside it.
//
//   node build.mjs           writes them
//   node build.mjs --check   only says whether they are what the source gives
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

async function bundled(entry, platform, format) {
  const made = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform,
    format,
    target: platform === "node" ? "node18" : "es2022",
    charset: "utf8",
    legalComments: "none",
    minify: false,
  });
  return made.outputFiles[0].text;
}

const note = "Made from src/ by build.mjs; read that instead.";
const script = await bundled("src/page.ts", "browser", "iife");
const page = await readFile("page/page.html", "utf8");
const style = await readFile("page/page.css", "utf8");
const files = {
  "dist/verifier.mjs": `#!/usr/bin/env node\n// SPDX-License-Identifier: Apache-2.0\n// ${note}\n${await bundled("src/main.ts", "node", "esm")}`,
  "dist/verifier.html": page
    .replace("/* STYLE */", () => style)
    .replace("/* SCRIPT */", () => script.replaceAll("</script", "<\\/script")),
};

if (process.argv.includes("--check")) {
  for (const [path, text] of Object.entries(files)) {
    if ((await readFile(path, "utf8").catch(() => "")) !== text) {
      console.error(`${path} is not what src/ gives: npm run build`);
      process.exitCode = 1;
    }
  }
} else {
  await mkdir("dist", { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(path, text);
}
