// Tells the server which ideas a member has really had before their eyes: half
// of the card, for a second. The order "unseen" and the support rate need it.
import { post, Refused } from "../lib/api";
import { debounce } from "../lib/dom";
import { each } from "../lib/island";
import { page } from "../lib/page";

const look = 1_000;
const pause = 3_000;
const most = 100;

/** startSeen watches every `[data-seen]` for a member; a visitor's eyes are nobody's business. */
export function startSeen(): void {
  if (!page().signedIn || !("IntersectionObserver" in globalThis)) return;
  const told = new Set<number>();
  const waiting = new Set<number>();
  const timers = new Map<Element, ReturnType<typeof setTimeout>>();

  const tell = debounce(() => void send(), pause);

  async function send(keepalive = false): Promise<void> {
    const ideas = [...waiting].slice(0, most);
    if (ideas.length === 0) return;
    for (const idea of ideas) waiting.delete(idea);
    try {
      await post("/api/v1/seen", { ideas }, { keepalive });
    } catch (error) {
      if (error instanceof Refused) return;
      for (const idea of ideas) waiting.add(idea); // no network: goes along with the next
    }
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (isIntersecting)
          timers.set(
            target,
            setTimeout(() => note(target), look),
          );
      }
    },
    { threshold: 0.5 },
  );

  function note(target: Element): void {
    observer.unobserve(target);
    timers.delete(target);
    const idea = Number((target as HTMLElement).dataset.seen);
    if (!idea || told.has(idea)) return;
    told.add(idea);
    waiting.add(idea);
    tell();
  }

  each("[data-seen]", (element) => observer.observe(element));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) void send(true);
  });
}
