// A board of a test's own, empty and with addresses that must be confirmed: for
// what depends on who else is there, and for stopping it.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "./fixtures";
import { program } from "./member";

/** Own is the test's own server. */
export class Own {
  private process: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), "prosumer-e2e-own-"));
  readonly url: string;

  constructor(private readonly port: number) {
    this.url = `http://localhost:${port}`;
    chmodSync(this.folder, 0o755); // PostgreSQL runs as somebody else when this runs as root
  }

  /** start serves, and returns once it does. */
  async start(): Promise<void> {
    const { DATABASE_URL: _, ...env } = process.env;
    const log = openSync(join(this.folder, "server.log"), "a");
    this.process = spawn(program, ["serve"], {
      env: {
        ...env,
        ADDR: `localhost:${this.port}`,
        BASE_URL: this.url,
        DATA_DIR: this.folder,
        LIMITS: "off",
        CONFIRM_EMAIL: "on",
      },
      stdio: ["ignore", log, log],
    });
    await expect
      .poll(
        () =>
          fetch(`${this.url}/readyz`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 90_000, message: this.said() },
      )
      .toBe(true);
  }

  /** stop ends it as an operator does. */
  async stop(): Promise<void> {
    const { process } = this;
    this.process = undefined;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGTERM");
    await gone;
  }

  /** remove stops it and takes its folder away. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** said is what the server printed. */
  said(): string {
    return readFileSync(join(this.folder, "server.log"), "utf8");
  }

  /** link is the newest link that was mailed to an address, once it is there. */
  async link(to: string): Promise<string> {
    const mails = join(this.folder, "mail");
    const find = () => {
      for (const name of readdirSync(mails).toSorted().toReversed()) {
        const mail = readFileSync(join(mails, name), "utf8")
          .replace(/=\r?\n/g, "")
          .replaceAll("=3D", "=");
        const link = /https?:\/\/\S+token=\S+/.exec(mail)?.[0];
        if (mail.includes(to) && link) return link;
      }
      return "";
    };
    await expect.poll(find, `a mail to ${to}`).not.toBe("");
    return find();
  }
}

/** test is one whose people and pages are on a server of the worker's own. */
export const test = base.extend<object, { own: Own }>({
  own: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const own = new Own(await freePort());
      await own.start();
      await use(own);
      await own.remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ own }, use) => use(own.url),
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "localhost", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
