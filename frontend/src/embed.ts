// The script of a frame on another site: it keeps one number moving, asks for it
// again when its seal is over, and does nothing else. It reads no cookie and
// keeps nothing.
import "./styles/embed.css";
import { Live, type Message } from "./lib/live";

const frame = document.querySelector<HTMLElement>("[data-topic]");
const topic = frame?.dataset.topic;
const figure = frame?.querySelector<HTMLElement>("[data-figure]");
// In a sandbox the socket would be refused: the number stays as it came.
if (frame && topic && figure && self.origin !== "null") {
  const live = new Live({ url: `${location.origin.replace(/^http/, "ws")}/live`, onMessage: (said) => hear(said) });
  live.watch([topic]);
}

// The clock lifts a seal, and nobody says so over the socket. Frames come at
// slightly different times; one whose clock is ahead comes again.
const opens = Date.parse(frame?.dataset.opens ?? "");
if (opens) {
  const left = opens - Date.now();
  const wait = left > 0 ? left : 30_000;
  if (wait < 2 ** 31 - 10_000) setTimeout(() => location.reload(), wait + Math.random() * 5_000);
}

const seen = new Set<number>();
let revision = -1;

function hear({ tallies, new: fresh }: Message): void {
  for (const tally of tallies ?? []) {
    if (String(tally.idea) !== frame?.dataset.idea || "sealed" in tally || tally.revision < revision) continue;
    revision = tally.revision;
    show(tally.voters);
  }
  for (const { idea } of fresh ?? []) {
    if (!frame?.dataset.topic?.startsWith("challenge:") || seen.has(idea)) continue;
    seen.add(idea);
    show(Number(figure?.textContent?.replace(/\D/g, "")) + 1);
  }
}

function show(n: number): void {
  const said = new Intl.NumberFormat(document.documentElement.lang).format(n);
  if (!figure || figure.textContent === said) return;
  figure.textContent = said;
  figure.classList.add("moved");
  setTimeout(() => figure.classList.remove("moved"), 600);
  const caption = figure.nextElementSibling as HTMLElement | null;
  if (caption?.dataset.one) caption.textContent = (n === 1 ? caption.dataset.one : caption.dataset.more) ?? "";
}
