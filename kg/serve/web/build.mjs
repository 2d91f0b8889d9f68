// Builds ../bundle/editor.* from these sources: npm ci --ignore-scripts && npm run build. The same sources give the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const out = new URL("../bundle/", import.meta.url);

// Yasqe carries the whole of prefix.cc, which anybody may write to. The server knows its own prefixes: the list stays out.
const leaner = {
  name: "no-prefix-list",
  setup(builder) {
    builder.onLoad({ filter: /yasqe\.esm\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const cut = text.replace(/madsrdf = "[^\n]*?prefixes_default = \{[^{}]*\}/, "prefixes_default = {}");
      if (cut === text) throw new Error("Yasqe has changed: its list of prefixes was not found");
      return { contents: cut, loader: "js" };
    });
  },
};

const shared = { bundle: true, minify: true, target: "es2022", charset: "ascii", legalComments: "none", write: false };
const script = await build({ ...shared, entryPoints: ["src/editor.mjs"], format: "esm", plugins: [leaner] });
const style = await build({ ...shared, entryPoints: ["src/editor.css"] });
writeFileSync(new URL("editor.js", out), script.outputFiles[0].text);
writeFileSync(new URL("editor.css", out), style.outputFiles[0].text);

const notices = ["The SPARQL editor contains these packages.\n"];
for (const name of ["@zazuko/yasqe", "@zazuko/yasgui-utils", "codemirror", "lodash-es", "query-string"]) {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const licence = ["LICENSE", "LICENSE.md", "license"].map((f) => `node_modules/${name}/${f}`).find(existsSync);
  notices.push(`${"=".repeat(80)}\n${name} ${about.version} (${about.license})\n`);
  if (licence) notices.push(readFileSync(licence, "utf8").trim() + "\n");
}
writeFileSync(new URL("NOTICES.txt", out), notices.join("\n"));

// What the bundle was built from: a test compares it with the sources that lie beside it.
const hash = createHash("sha256");
const sources = readdirSync("src").sort().map((f) => `src/${f}`);
for (const file of [...sources, "build.mjs", "package-lock.json", "package.json"]) {
  hash.update(`${file}\n`).update(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
}
writeFileSync(new URL("SOURCES.sha256", out), hash.digest("hex") + "\n");
