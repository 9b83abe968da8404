// Challenges for the tests, put straight into the server's own database: the
// board has no form for them. Ideas are entered before anybody votes on them.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { type Idea, mark } from "./member";

const run = promisify(execFile);

/** Challenge is one that takes scores now. */
export interface Challenge {
  slug: string;
  title: string;
}

/** noDatabase says why challenges cannot be made here, or nothing. */
export function noDatabase(): string {
  const socket = `${process.env.DATA_DIR}/pg/socket`;
  return existsSync(socket) ? "" : `no database of the server's own in ${socket}`;
}

/** challenge opens one for scores and enters ideas into it. */
export async function challenge(sealed: "no" | "until_close" | "until_voted", ...ideas: Idea[]): Promise<Challenge> {
  const slug = `bags-${mark()}`;
  const title = `A bag for ${slug.slice(5)}`;
  const at = (days: number) => `now() + interval '${days} days'`;
  await sql(`
    WITH made AS (
      INSERT INTO challenges (slug, title, ballot, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
      VALUES ('${slug}', '${title}', 'score', '${sealed}', ${at(-9)}, ${at(-8)}, ${at(-2)}, ${at(-2)}, ${at(5)}, ${at(9)}) RETURNING id
    )
    UPDATE ideas SET challenge_id = made.id FROM made WHERE ideas.id IN (${ideas.map(({ id }) => id).join(",")})`);
  return { slug, title };
}

/** at writes a moment so many days from now for a field of day and time, in the zone of the site. */
export function at(days: number): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Amsterdam",
    dateStyle: "short",
    timeStyle: "short",
  }).format(new Date(Date.now() + days * 86_400_000));
  return parts.replace(" ", "T");
}

/** pass lets so many days go by for one challenge: its phase follows from its dates alone. */
export async function pass(slug: string, days: number): Promise<void> {
  const moments = [
    "announced_at",
    "entries_open_at",
    "entries_close_at",
    "voting_open_at",
    "voting_close_at",
    "results_at",
  ];
  const moved = moments.map((name) => `${name} = ${name} - interval '${days * 24} hours'`);
  await sql(`UPDATE challenges SET ${moved.join(", ")} WHERE slug = '${slug}'`);
}

async function sql(statement: string): Promise<void> {
  await run("psql", [
    "-h",
    `${process.env.DATA_DIR}/pg/socket`,
    "-U",
    "postgres",
    "-v",
    "ON_ERROR_STOP=1",
    "-qc",
    statement,
    "prosumer",
  ]);
}
