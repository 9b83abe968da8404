import { existsSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";

// BASE_URL (with its DATA_DIR) names a board that runs already. Otherwise
// e2e/serve.mjs starts one with demo data on a free port, in a folder of its
// own that goes when the tests are over. The workers read this file too, so
// what is chosen once travels to them in the environment.
if (!process.env.BASE_URL) {
  process.env.E2E_PORT = String(await freePort());
  process.env.BASE_URL = `http://localhost:${process.env.E2E_PORT}`;
  process.env.DATA_DIR = mkdtempSync(join(tmpdir(), "prosumer-e2e-"));
}
const baseURL = process.env.BASE_URL;

const chromium = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
].find((path) => path && existsSync(path));
if (!chromium)
  throw new Error("The browser tests need Chromium: sudo apt-get install chromium, or name it in CHROMIUM.");

const asRoot = process.getuid?.() === 0;
const desktop = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    executablePath: chromium,
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      ...(asRoot ? ["--no-sandbox"] : []),
    ],
  },
};

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/runs",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never" }]],
  // No traces: their recorder fetches what a page shows, which the page's policy reports.
  use: { baseURL, locale: "en-GB", timezoneId: "Europe/Amsterdam", screenshot: "only-on-failure" },
  projects: [
    { name: "script", use: desktop, testIgnore: ["**/*.plain.spec.ts", "**/*.pictures.ts"] },
    { name: "no-script", use: { ...desktop, javaScriptEnabled: false }, testMatch: "**/*.plain.spec.ts" },
    { name: "pictures", use: desktop, testMatch: "**/*.pictures.ts" },
  ],
  ...(process.env.E2E_PORT
    ? {
        webServer: {
          command: "node e2e/serve.mjs --demo",
          url: `${baseURL}/readyz`,
          timeout: 300_000,
          stdout: "ignore",
          stderr: "pipe",
          gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
          env: { ADDR: `localhost:${process.env.E2E_PORT}`, BASE_URL: baseURL, DATA_DIR: process.env.DATA_DIR ?? "" },
        },
      }
    : {}),
});

/** freePort asks the system for a port nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "localhost", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
