// Builds the script of frames on other sites by itself, after the rest: it must
// stay small, and a piece shared with the board's script would cost every page
// of the board a request.
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));

/** embedded is the Vite plugin that does it. */
export function embedded(): Plugin {
  return {
    name: "embedded",
    apply: "build",
    async closeBundle() {
      await build({
        configFile: false,
        root: path("../"),
        base: "/",
        publicDir: false,
        logLevel: "warn",
        build: {
          target: "es2022",
          outDir: path("../dist"),
          emptyOutDir: false,
          manifest: "manifest.embed.json",
          assetsInlineLimit: 0,
          modulePreload: false,
          rolldownOptions: { input: path("../src/embed.ts") },
        },
      });
    },
  };
}
