// Prints what a first load weighs and fails past the budget: HTML, CSS and JS
// together 40 KiB gzip, of which the script may take 12; fonts 90 KiB.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const read = (file) => readFileSync(new URL(file, dist));
const gzip = (file) => gzipSync(read(file), { level: 9 }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

const entry = manifest["src/main.ts"];
const scripts = new Set();
const walk = (key) => {
  const chunk = manifest[key];
  if (scripts.has(chunk.file)) return;
  scripts.add(chunk.file);
  for (const next of chunk.imports ?? []) walk(next);
};
walk("src/main.ts");

const script = [...scripts].reduce((sum, file) => sum + gzip(file), 0);
const style = (entry.css ?? []).reduce((sum, file) => sum + gzip(file), 0);
const fonts = (entry.assets ?? []).filter((file) => /-latin-wght-normal.*\.woff2$/.test(file));
const font = fonts.reduce((sum, file) => sum + read(file).length, 0);

const lines = [
  ["script", script, 12],
  ["style", style, 16],
  ["fonts", font, 90],
];
let over = false;
for (const [name, bytes, budget] of lines) {
  const tooMuch = bytes > budget * 1024;
  over ||= tooMuch;
  process.stdout.write(`${name.padEnd(8)} ${kib(bytes).padStart(9)} of ${budget} KiB${tooMuch ? "  too much" : ""}\n`);
}
for (const [key, chunk] of Object.entries(manifest)) {
  if (chunk.isDynamicEntry) process.stdout.write(`lazy     ${kib(gzip(chunk.file)).padStart(9)} ${key}\n`);
}
process.exitCode = over ? 1 : 0;
