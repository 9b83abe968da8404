// Numbers on the page: one idea's tally, wherever it is shown.
import { formatNumber, page, plural, text } from "./page";
import type { OpenTally, Tally } from "./wire";

const newest = new Map<number, OpenTally>();
const moved = 900;

/**
 * showTally writes a tally wherever its idea is shown, unless a newer one stands
 * there already. A sealed one changes nothing: who has voted may see figures that
 * others do not.
 */
export function showTally(tally: Tally): void {
  if ("sealed" in tally) return;
  const { idea, revision } = tally;
  if (revision < (newest.get(idea)?.revision ?? 0)) return;
  newest.set(idea, tally);
  for (const element of of("tally", idea)) write(element, tally);
  for (const bar of of("bar", idea)) draw(bar, tally);
  lift(idea, true);
}

/** showResult writes the tally that answers one's own vote, and seals what it seals. */
export function showResult(tally: Tally): void {
  if (!("sealed" in tally)) return showTally(tally);
  const { idea } = tally;
  newest.delete(idea);
  for (const element of of("tally", idea)) element.textContent = "";
  for (const bar of of("bar", idea)) bar.setAttribute(bar instanceof HTMLProgressElement ? "value" : "width", "0");
  lift(idea, false);
}

/** catchUp brings an element that was added later to the newest tally the page knows. */
export function catchUp(element: HTMLElement): void {
  const tally = newest.get(Number(element.dataset.tally));
  if (!tally) return;
  write(element, tally);
  lift(tally.idea, true);
}

/** forgetTallies starts from nothing, as a new page does. */
export function forgetTallies(): void {
  newest.clear();
}

const of = (name: string, idea: number) => document.querySelectorAll<HTMLElement>(`[data-${name}="${idea}"]`);

/** lift shows the figures instead of the line that says they are sealed, or the other way. */
function lift(idea: number, open: boolean): void {
  for (const element of of("open", idea)) element.hidden = !open;
  for (const element of of("sealed", idea)) element.hidden = open;
}

/** count says how many gave a score. */
const count = (scores: number[]) => scores.reduce((sum, n) => sum + n, 0);

/** mean writes a mean with one decimal, halves rounded up, in whole numbers like the server's. */
export function mean(scores: number[]): string {
  const n = count(scores);
  if (n === 0) return "–";
  const points = scores.reduce((sum, given, i) => sum + given * (i + 1), 0);
  const tenths = Math.floor((20 * points + n) / (2 * n));
  return new Intl.NumberFormat(page().lang, { minimumFractionDigits: 1 }).format(tenths / 10);
}

/** share is a part of a whole in percent, halves rounded up. */
const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((200 * part + whole) / (2 * whole)));

/** words says a figure as it stands on the page; nothing for one that is not known. */
function words(field: string, tally: OpenTally): string | undefined {
  const { scores } = tally;
  switch (field) {
    case "voters":
    case "staff":
    case "would_buy":
      return formatNumber(tally[field]);
    case "mean":
      return mean(scores);
    case "of_scores":
      return count(scores) === 0 ? text("islands.score.none") : plural("islands.score.of", count(scores));
    case "scores_words":
      return plural("islands.score.count", count(scores));
    case "buy_share":
      return `${share(tally.would_buy, tally.voters)}%`;
  }
  const score = scores[Number(/^score_([1-5])$/.exec(field)?.[1]) - 1];
  return score === undefined ? undefined : formatNumber(score);
}

function write(element: HTMLElement, tally: OpenTally): void {
  const said = words(element.dataset.field ?? "", tally);
  if (said === undefined || element.textContent === said) return;
  element.textContent = said;
  element.classList.add("moved");
  setTimeout(() => element.classList.remove("moved"), moved);
}

function draw(bar: HTMLElement, { scores, voters }: OpenTally): void {
  if (bar instanceof HTMLProgressElement) {
    bar.value = Math.min(voters, bar.max); // the way to a milestone
    return;
  }
  const length = share(scores[Number(bar.dataset.score) - 1] ?? 0, Math.max(...scores));
  bar.setAttribute("width", String(length));
}

/** showStatus writes an idea's new status wherever it is shown. */
export function showStatus(idea: number, status: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-status="${idea}"]`)) {
    element.className = `status ${status}`;
    element.hidden = false;
    if (`status.${status}` in page().texts) element.textContent = text(`status.${status}`);
  }
}
