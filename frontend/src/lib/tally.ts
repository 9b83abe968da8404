// Numbers on the page: one idea's tally, wherever it is shown.
import { formatNumber, page, text } from "./page";
import type { OpenTally, Tally } from "./wire";

type Figure = "voters" | "staff" | "would_buy" | "mean";

const newest = new Map<number, OpenTally>();
const moved = 900;

/** showTally writes a tally wherever its idea is shown, unless a newer one stands there already. */
export function showTally(tally: Tally): void {
  if ("sealed" in tally) return;
  const { idea, revision } = tally;
  if (revision < (newest.get(idea)?.revision ?? 0)) return;
  newest.set(idea, tally);
  for (const element of document.querySelectorAll<HTMLElement>(`[data-tally="${idea}"]`)) write(element, tally);
}

/** catchUp brings an element that was added later to the newest tally the page knows. */
export function catchUp(element: HTMLElement): void {
  const tally = newest.get(Number(element.dataset.tally));
  if (tally) write(element, tally);
}

/** forgetTallies starts from nothing, as a new page does. */
export function forgetTallies(): void {
  newest.clear();
}

function write(element: HTMLElement, tally: OpenTally): void {
  const figure = tally[element.dataset.field as Figure];
  if (typeof figure !== "number") return;
  const words = formatNumber(figure);
  if (element.textContent === words) return;
  element.textContent = words;
  element.classList.add("moved");
  setTimeout(() => element.classList.remove("moved"), moved);
}

/** showStatus writes an idea's new status wherever it is shown. */
export function showStatus(idea: number, status: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-status="${idea}"]`)) {
    element.className = `status ${status}`;
    element.hidden = false;
    if (`status.${status}` in page().texts) element.textContent = text(`status.${status}`);
  }
}
