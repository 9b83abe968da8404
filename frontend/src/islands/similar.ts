// While a title is typed: ideas like it, with "support that one instead".
import { get, put, Refused, sentence } from "../lib/api";
import { build, debounce, say } from "../lib/dom";
import { each } from "../lib/island";
import { page, plural, text } from "../lib/page";
import type { Idea, IdeaList, VoteResult } from "../lib/wire";

const shortest = 4;

each("[data-similar]", (box) => {
  const title = box.closest("form")?.querySelector<HTMLInputElement>('input[name="title"]');
  const list = box.querySelector("[data-similar-list]");
  if (!title || !list) return;
  let asked = "";
  let asking: AbortController | undefined;

  const look = debounce(async () => {
    const words = title.value.trim();
    if (words === asked) return;
    asked = words;
    asking?.abort();
    if (words.length < shortest) return show([]);
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ title: words });
      const { items } = await get<IdeaList>(`/api/v1/ideas/similar?${query}`, { signal: asking.signal });
      if (words === asked) show(items);
    } catch {
      // A courtesy: when it cannot be had, writing goes on without it.
    }
  }, 400);

  function show(ideas: Idea[]): void {
    list!.replaceChildren(...ideas.slice(0, 5).map(row));
    box.hidden = ideas.length === 0;
  }

  title.addEventListener("input", look);
  if (title.value) look(); // typed before this script came
});

function row(idea: Idea): HTMLLIElement {
  const item = build("li", {}, build("a", { href: idea.url, target: "_blank" }, idea.title));
  if ("voters" in idea.tally) {
    item.append(" ", build("span", { class: "small" }, plural("islands.similar.votes", idea.tally.voters)));
  }
  if (idea.challenge?.ballot === "score") return item; // its own page asks for the score
  if (page().signedIn && !idea.vote) item.append(" ", support(idea));
  return item;
}

function support(idea: Idea): HTMLElement {
  const note = build("span", { class: "small", role: "status", hidden: true });
  const button = build("button", { type: "button", class: "btn small" }, text("islands.similar.support"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await put<VoteResult>(`/api/v1/ideas/${idea.id}/vote`, { would_buy: false });
      say(note, text("islands.similar.supported"));
      button.remove();
    } catch (error) {
      button.disabled = !(error instanceof Refused) ? false : error.status < 429;
      say(note, sentence(error));
    }
  });
  return build("span", {}, button, note);
}
