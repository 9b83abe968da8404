// The script of a frame on another site: it keeps one number moving and does
// nothing else. It reads no cookie and keeps nothing.
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
