// Lifts a seal when its time comes: asks for the figures once voting has closed.
// Readers come at slightly different times, so that they do not come all at once.
import { get } from "../lib/api";
import { each } from "../lib/island";
import { showTally } from "../lib/tally";
import type { Tally } from "../lib/wire";

const spread = 5_000;
const again = 30_000;
const longest = 2 ** 31 - 1; // a timer's
const tries = 4;

each("[data-until]", (line) => {
  const until = Date.parse(line.dataset.until ?? "");
  const wait = (ms: number, left: number) => setTimeout(() => void look(left), ms + Math.random() * spread);

  async function look(left: number): Promise<void> {
    if (!line.isConnected) return;
    const tally = await get<Tally>(`/api/v1/ideas/${line.dataset.sealed}/tally`).catch(() => undefined);
    if (tally && !("sealed" in tally)) showTally(tally);
    else if (left > 1) wait(again, left - 1); // this clock is ahead of the server's, or the line is down
  }

  const left = until - Date.now();
  if (left > 0 && left + spread < longest) wait(left, tries);
});
