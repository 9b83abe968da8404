import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

// BASE_URL names a board that runs already; otherwise one is started, with demo
// data in a folder of its own.
const port = process.env.E2E_PORT ?? "3199";
const baseURL = process.env.BASE_URL ?? `http://localhost:${port}`;

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
      ...(asRoot ? ["--no-sandbox"] : []),
    ],
  },
};

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 30_000,
  reporter: [["list"], ["html", { open: "never" }]],
  use: { baseURL, locale: "en-GB", trace: "retain-on-failure", screenshot: "only-on-failure" },
  projects: [
    { name: "script", use: desktop, testIgnore: "**/*.plain.spec.ts" },
    { name: "no-script", use: { ...desktop, javaScriptEnabled: false }, testMatch: "**/*.plain.spec.ts" },
  ],
  ...(process.env.BASE_URL
    ? {}
    : {
        webServer: {
          command: "../bin/server serve --demo",
          url: `${baseURL}/readyz`,
          timeout: 120_000,
          stdout: "ignore",
          stderr: "pipe",
          gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
          env: { ADDR: `localhost:${port}`, BASE_URL: baseURL, LIMITS: "off", DATA_DIR: `../.data/e2e-${port}` },
        },
      }),
});
