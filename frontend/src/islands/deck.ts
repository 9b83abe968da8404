// Takes over the scoring deck drawn by views/deck.templ: a score goes to the API,
// and the next entry is here already, its picture too. Entries come from the
// deck's own pages. What cannot be done here is left to the plain forms; a vote
// that is refused is said, and its entry stays.
import { fetchPage, post, Refused, remove, sentence } from "../lib/api";
import { addCameFrom, buyBox, type Choice, send } from "../lib/ballot";
import { build, say } from "../lib/dom";
import { island } from "../lib/island";
import { csrf, formatNumber, page } from "../lib/page";
import { forUs } from "./shortcuts";

/** How many entries are fetched before they are wanted. */
const ahead = 2;
/** How many that were done with the server is told of, in case it has not heard yet. */
const remembered = 12;

interface Done {
  entry: HTMLElement;
  score: number;
  wouldBuy: boolean;
  voted: boolean;
}

island("deck", (deck) => {
  const form = deck.querySelector<HTMLFormElement>("[data-deck-form]");
  const undoForm = deck.querySelector<HTMLFormElement>("[data-deck-undo]");
  const first = deck.querySelector<HTMLElement>("[data-deck-entry]");
  if (!form || !first) return;
  const member = page().signedIn;
  const { url, skip: skipURL, undo: undoURL } = deck.dataset as { url: string; skip: string; undo: string };
  const byScore = form.querySelector('button[name="score"]') !== null;

  let current = first;
  let figure = Number(deck.dataset.done);
  let busy = false;
  const queue: HTMLElement[] = [];
  const done: Done[] = [];
  let fetching: Promise<void> | undefined;
  let exhausted = false;

  const idOf = (entry: HTMLElement) => entry.dataset.deckEntry!;
  const buy = () => buyBox(form)?.checked ?? false;
  const note = (words: string) => {
    const place = deck.querySelector("[data-deck-note]");
    place?.replaceChildren(...(words ? [build("p", { class: "refusal" }, words)] : []));
  };

  function fill(): Promise<void> {
    if (exhausted || queue.length >= ahead) return Promise.resolve();
    fetching ??= more().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function more(): Promise<void> {
    while (!exhausted && queue.length < ahead) {
      const known = [current, ...queue, ...done.slice(-remembered).map(({ entry }) => entry)].map(idOf);
      const next = (await fetchPage(`${url}?but=${known.join(".")}`)).querySelector<HTMLElement>("[data-deck-entry]");
      if (!next) exhausted = true;
      // In this document its picture is fetched at once, before it is shown.
      else if (!known.includes(idOf(next))) queue.push(document.importNode(next, true));
      else return;
    }
  }

  /** show puts an entry up in place of the one that is. */
  function show(entry: HTMLElement, words: string): void {
    entry.classList.add("arriving");
    current.replaceWith(entry);
    current = entry;
    form!.querySelector<HTMLInputElement>('input[name="entry"]')!.value = idOf(entry);
    const last = done.at(-1)?.entry;
    if (undoForm) {
      undoForm.hidden = !last;
      if (last) undoForm.querySelector<HTMLInputElement>('input[name="entry"]')!.value = idOf(last);
    }
    const from = last ? `&last=${idOf(last)}` : "";
    history.replaceState(history.state, "", `${url}?entry=${idOf(entry)}${from}`);
    if (deck.getBoundingClientRect().top < 0) deck.scrollIntoView({ block: "start" });
    say(deck.querySelector("[data-deck-said]"), words.replace("{title}", entry.dataset.title ?? ""));
    post("/api/v1/seen", { ideas: [Number(idOf(entry))] }).catch(() => undefined);
  }

  function count(step: 1 | -1): void {
    figure += step;
    const bar = deck.querySelector("progress");
    if (bar) bar.value = figure;
    const words = (deck.dataset.progress ?? "").replace("{done}", formatNumber(figure));
    say(deck.querySelector("[data-deck-figures]"), words.replace("{total}", formatNumber(Number(deck.dataset.total))));
  }

  async function goOn(what: Done): Promise<void> {
    done.push(what);
    if (what.voted) count(1);
    const box = buyBox(form!);
    if (box) box.checked = false;
    if (queue.length === 0) await fill().catch(() => undefined);
    const next = queue.shift();
    // Without a next one the server says how it ended; without network it says so.
    if (!next) return location.assign(`${url}?last=${idOf(what.entry)}`);
    show(next, deck.dataset.up ?? "");
    void fill().catch(() => undefined);
  }

  /** alone runs one thing at a time; what fails is said and changes nothing. */
  async function alone(button: Element | null | undefined, act: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    note("");
    button?.setAttribute("aria-busy", "true");
    try {
      await act();
    } catch (error) {
      note(sentence(error));
    } finally {
      busy = false;
      button?.removeAttribute("aria-busy");
    }
  }

  function cast(score: number, button?: Element | null): Promise<void> {
    return alone(button, async () => {
      const choice: Choice = { on: true, score, wouldBuy: buy() };
      let kept = "";
      try {
        await send(current.dataset.api!, choice);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.status === 401) return plainly(score); // signed out meanwhile: it goes along through signing in
        if (error.code !== "votes.unconfirmed") throw error;
        kept = sentence(error); // the server keeps it until the address is confirmed
      }
      await goOn({ entry: current, score, wouldBuy: choice.wouldBuy, voted: true });
      if (kept) note(kept);
    });
  }

  function plainly(score: number): void {
    addCameFrom(form!);
    const [name, value] = score > 0 ? ["score", score] : ["act", "cast"];
    form!.append(build("input", { type: "hidden", name, value }));
    form!.submit();
  }

  // A skip that does not arrive loses nothing: the entry was seen, and comes later.
  function skip(button?: Element | null): Promise<void> {
    return alone(button, async () => {
      void tell(skipURL, current).catch(() => undefined);
      await goOn({ entry: current, score: 0, wouldBuy: false, voted: false });
    });
  }

  function undo(): Promise<void> {
    if (done.length === 0) {
      if (undoForm && !undoForm.hidden) undoForm.submit();
      return Promise.resolve();
    }
    return alone(undoForm?.querySelector("button"), async () => {
      const last = done.at(-1)!;
      if (last.voted) await remove(last.entry.dataset.api!);
      else await tell(undoURL, last.entry);
      done.pop();
      if (last.voted) count(-1);
      queue.unshift(current);
      show(last.entry, deck.dataset.back ?? "");
      const box = buyBox(form!);
      if (box) box.checked = last.wouldBuy;
    });
  }

  async function tell(address: string, entry: HTMLElement): Promise<void> {
    const body = new URLSearchParams({ csrf: csrf(), entry: idOf(entry), script: "1" });
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", keepalive: true });
    if (!answer.ok) throw new Error(`answer ${answer.status} for ${address}`);
  }

  form.addEventListener("submit", (event) => {
    if (!page().signedIn) return addCameFrom(form);
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.value === "skip") void skip(button);
    else if (button?.name === "score") void cast(Number(button.value), button);
    else if (button?.value === "cast") void cast(0, button);
  });
  // The second click of two would judge an entry that nobody has looked at.
  form.addEventListener("click", (event) => {
    if (event.detail > 1 && (event.target as Element).closest("button")) event.preventDefault();
  });

  undoForm?.addEventListener("submit", (event) => {
    if (done.length === 0) return;
    event.preventDefault();
    void undo();
  });

  // First of all who listen: on a deck the keys are its own.
  document.addEventListener(
    "keydown",
    (event) => {
      if (!deck.isConnected || event.repeat || !forUs(event)) return;
      const act = keyed(event.key);
      if (!act) return;
      event.preventDefault();
      act();
    },
    true,
  );

  function keyed(key: string): (() => void) | undefined {
    if (byScore ? /^[1-5]$/.test(key) : key.toLowerCase() === "v") {
      const button = form!.querySelector<HTMLButtonElement>(
        byScore ? `button[value="${key}"]` : 'button[value="cast"]',
      );
      return member ? () => void cast(byScore ? Number(key) : 0, button) : () => button?.click();
    }
    if (key.toLowerCase() === "b") return () => buyBox(form!)?.click();
    if (!member) return undefined;
    if (key === "ArrowRight") return () => void skip(form!.querySelector('button[value="skip"]'));
    if (key.toLowerCase() === "u") return () => void undo();
    return undefined;
  }

  if (member) void fill().catch(() => undefined);
});
