// Keeps a countdown counting. The cells are as wide as their figures ever get,
// so that nothing jumps; who listens hears the date, not the seconds. When the
// time has come the page is asked for anew, once: what it offers has changed.
import { island } from "../lib/island";

const units: [string, number, number][] = [
  ["days", 86_400, Number.POSITIVE_INFINITY],
  ["hours", 3_600, 24],
  ["minutes", 60, 60],
  ["seconds", 1, 60],
];
const soonest = 1_500; // a kept page may be a second old
const spread = 4_000; // readers come back at different times

/** cells says what stands in each cell with so many seconds left. */
export function cells(left: number): Record<string, string> {
  const seconds = Math.max(Math.floor(left), 0);
  return Object.fromEntries(
    units.map(([unit, length, of]) => {
      const figure = String(Math.floor(seconds / length) % of);
      return [unit, unit === "days" ? figure : figure.padStart(2, "0")];
    }),
  );
}

island("countdown", (box) => {
  const until = Date.parse(box.dataset.to ?? "");
  if (Number.isNaN(until)) return;
  const shown = [...box.querySelectorAll<HTMLElement>("[data-unit]")];

  function write(): void {
    if (!box.isConnected) return;
    const left = until - Date.now();
    const now = cells(left / 1_000);
    for (const cell of shown) {
      const figure = now[cell.dataset.unit ?? ""] ?? "";
      if (cell.textContent !== figure) cell.textContent = figure;
    }
    if (left > 0) setTimeout(write, (left % 1_000) + 20);
    else renew();
  }

  function renew(): void {
    const mark = `countdown ${location.pathname} ${box.dataset.to}`;
    if (Date.now() - until > 60_000 || sessionStorage.getItem(mark)) return; // the page is old, or this clock is ahead
    sessionStorage.setItem(mark, "1");
    setTimeout(() => location.reload(), soonest + Math.random() * spread);
  }

  write();
});
