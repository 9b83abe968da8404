// Runs bin/server in DATA_DIR, a folder it makes for itself and removes when it
// is told to stop. What the server says goes to the folder's server.log, from
// which a test can read a one-time link.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, openSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = process.env.DATA_DIR;
if (!folder) throw new Error("serve.mjs needs a DATA_DIR of its own");
mkdirSync(folder, { recursive: true });
chmodSync(folder, 0o755); // PostgreSQL runs as somebody else when this runs as root

const { DATABASE_URL: _, ...env } = process.env;
const program = process.env.SERVER ?? fileURLToPath(new URL("../../bin/server", import.meta.url));
const server = spawn(program, ["serve", ...process.argv.slice(2)], {
  env: { MAIL_GRACE: "0s", ...env, LIMITS: "off" },
  stdio: ["ignore", openSync(`${folder}/server.log`, "a"), "inherit"],
});

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.kill("SIGTERM"));
server.on("error", (error) => {
  process.stderr.write(`bin/server did not start (make build?): ${error.message}\n`);
  process.exit(1);
});
server.on("exit", (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
