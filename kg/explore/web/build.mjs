// Builds ../bundle from these sources: npm ci && npm run build. The same sources give the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const out = new URL("../bundle/", import.meta.url);
mkdirSync(out, { recursive: true });

const shared = { bundle: true, minify: true, target: "es2022", charset: "ascii", legalComments: "none", write: false };
const style = await build({ ...shared, entryPoints: ["src/style.css"] });
const sizes = [];
for (const [entry, name] of [["src/main.ts", "explorer.js"], ["src/loader.ts", "loader.js"]]) {
  const script = await build({ ...shared, entryPoints: [entry], format: "iife", define: { "import.meta.url": '""' } });
  // In a page, a script ends at "</script" and changes its meaning at "<!--", wherever they stand.
  const text = script.outputFiles[0].text.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  writeFileSync(new URL(name, out), text);
  sizes.push(`${name} ${text.length} bytes`);
}
writeFileSync(new URL("explorer.css", out), style.outputFiles[0].text.trim());

// The query engine, compressed as kg/explore/pack.py does it: a third smaller than gzip.
const pack = `
import lzma, sys
data = sys.stdin.buffer.read()
chain = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 24, "lc": 4, "lp": 0, "pb": 0}]
sys.stdout.buffer.write(len(data).to_bytes(4, "little") + lzma.compress(data, format=lzma.FORMAT_RAW, filters=chain))`;
const wasm = readFileSync("node_modules/oxigraph/web_bg.wasm");
writeFileSync(new URL("oxigraph.wasm.lzma", out), execFileSync("python3", ["-c", pack], { input: wasm, maxBuffer: 1 << 26 }));

const notices = ["The explorer's script and query engine contain these packages.\n"];
for (const name of ["sigma", "graphology", "graphology-utils", "events", "oxigraph"]) {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const licence = ["LICENSE.txt", "LICENSE", "LICENSE.md"].map((f) => `node_modules/${name}/${f}`).find(existsSync);
  notices.push(`${"=".repeat(80)}\n${name} ${about.version} (${about.license})\n`);
  if (licence) notices.push(readFileSync(licence, "utf8").trim() + "\n");
}
writeFileSync(new URL("NOTICES.txt", out), notices.join("\n"));

// What the bundle was built from: a test compares it with the sources that lie beside it.
const hash = createHash("sha256");
const sources = readdirSync("src").sort().map((f) => `src/${f}`);
for (const file of [...sources, "build.mjs", "package-lock.json", "package.json", "tsconfig.json"]) {
  hash.update(`${file}\n`).update(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
}
writeFileSync(new URL("SOURCES.sha256", out), hash.digest("hex") + "\n");
console.log(sizes.join(", "));
