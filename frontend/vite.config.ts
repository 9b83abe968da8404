import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { embedded } from "./build/embed.ts";
import { fixedFiles } from "./build/sprite.ts";

const dist = fileURLToPath(new URL("dist/", import.meta.url));

export default defineConfig({
  base: "/",
  publicDir: false,
  plugins: [
    fixedFiles(),
    embedded(),
    {
      // Emptying dist takes the file that lets Go embed the folder before a build.
      name: "keep-dist",
      closeBundle: () => {
        if (existsSync(dist)) writeFileSync(`${dist}.gitkeep`, "");
      },
    },
  ],
  build: {
    target: "es2022",
    outDir: "dist",
    manifest: "manifest.json",
    // Fonts and pictures stay files: a data address is not in the page's policy.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: ["src/main.ts", "src/styles/more.css"] },
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: "happy-dom",
    pool: "threads",
    environmentOptions: { happyDOM: { settings: { fetch: { disableSameOriginPolicy: true } } } },
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
