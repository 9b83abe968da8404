// Builds the files that keep their name: the icon sprite, the site's icon and
// the early theme script, all in dist/assets.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { icons } from "../src/icons.ts";

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));

/** sprite draws all icons as symbols of one SVG, which `<use href="/assets/icons.svg#name">` takes from. */
export function sprite(): string {
  const symbols = Object.entries(icons).map(([id, file]) => {
    const svg = readFileSync(path(`../node_modules/lucide-static/icons/${file}.svg`), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${id}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<!-- lucide, ISC licence --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** fixedFiles is the Vite plugin that writes them. */
export function fixedFiles(): Plugin {
  return {
    name: "fixed-files",
    generateBundle() {
      const emit = (name: string, source: string) =>
        this.emitFile({ type: "asset", fileName: `assets/${name}`, source });
      emit("icons.svg", sprite());
      emit("icon.svg", readFileSync(path("../src/icon.svg"), "utf8"));
      emit("theme.js", readFileSync(path("../src/theme.js"), "utf8"));
    },
  };
}
