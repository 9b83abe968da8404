// Says that ideas have come in since the page was drawn. Its link loads the
// page anew; nothing moves under the reader's hand.
import { island } from "../lib/island";
import { plural } from "../lib/page";
import type { NewIdeas } from "./live-tally";

island("new-ideas", (box) => {
  const ideas = new Set<number>();
  const words = box.querySelector("[data-count]") ?? box.querySelector("a, button") ?? box;

  document.addEventListener("new-ideas", (event) => {
    for (const idea of (event as NewIdeas).detail) {
      const shown = document.querySelector(`[data-tally="${idea}"]`);
      if (!shown) ideas.add(idea);
    }
    if (ideas.size === 0) return;
    words.textContent = plural("islands.new_ideas", ideas.size);
    box.hidden = false;
  });

  box.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button")) location.reload();
  });
});
