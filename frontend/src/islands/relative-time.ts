// Turns "3 November 2026" into "2 hours ago" for what is recent, and keeps the
// server's words as the title.
import { island } from "../lib/island";
import { page } from "../lib/page";

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
  ["week", 604_800],
];
const recent = 28 * 86_400;

/** ago says how long since or until a moment; nothing for one too far off. */
export function ago(moment: Date, now = new Date()): string | undefined {
  const seconds = (moment.getTime() - now.getTime()) / 1_000;
  const distance = Math.abs(seconds);
  if (Number.isNaN(seconds) || distance > recent) return undefined;
  const format = new Intl.RelativeTimeFormat(page().lang, { numeric: "auto" });
  if (distance < 60) return format.format(0, "second");
  const [unit, length] = steps.findLast(([, length]) => distance >= length)!;
  return format.format(Math.trunc(seconds / length), unit);
}

const shown = new Set<HTMLTimeElement>();

island<HTMLTimeElement>("relative-time", (element) => {
  element.title ||= element.textContent?.trim() ?? "";
  if (shown.size === 0) setInterval(() => shown.forEach(write), 60_000);
  shown.add(element);
  write(element);
});

function write(element: HTMLTimeElement): void {
  if (!element.isConnected) {
    shown.delete(element);
    return;
  }
  const words = ago(new Date(element.dateTime || element.getAttribute("datetime") || "")) ?? element.title;
  if (element.textContent !== words) element.textContent = words;
}
