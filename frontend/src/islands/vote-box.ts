// Takes over the form drawn by views/vote_box.templ, so that voting does not reload
// the page. Whenever it cannot help, the plain form still can: for a visitor,
// whose choice the server keeps until they have signed in, and without network.
//
// The button moves at once; the number only when the server says what it is.
import { put, Refused, remove, sentence } from "../lib/api";
import { build, say } from "../lib/dom";
import { island } from "../lib/island";
import { page, text } from "../lib/page";
import { showTally } from "../lib/tally";
import type { VoteResult } from "../lib/wire";

interface Choice {
  on: boolean;
  wouldBuy: boolean;
}

island<HTMLFormElement>("vote-box", (form) => {
  if (!toggle(form)) return;
  form.querySelector(".when-still")?.remove(); // the tick beside the vote is stored at once
  let shown = read(form); // what the server has, as far as we know
  let busy = false;

  form.addEventListener("submit", (event) => {
    if (!page().signedIn) return;
    event.preventDefault();
    const now = read(form);
    void settle({ ...now, on: !now.on });
  });

  form.addEventListener("change", () => {
    if (!page().signedIn) return;
    const now = read(form);
    if (now.on) void settle(now);
    else say(note(form), now.wouldBuy ? text("islands.vote.goes_along") : "");
  });

  // Somebody quick may change their mind while the first answer is under way:
  // the last choice is sent after it.
  async function settle(choice: Choice): Promise<void> {
    paint(form, choice);
    say(note(form), "");
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      while (!same(read(form), shown)) {
        const wanted = read(form);
        const { vote, tally } = await send(form, wanted);
        shown = vote ? { on: true, wouldBuy: vote.would_buy } : { on: false, wouldBuy: false };
        if (same(read(form), wanted)) paint(form, shown);
        showTally(tally);
        paintTwins(form, shown);
      }
    } catch (error) {
      const wanted = read(form);
      paint(form, shown);
      if (!(error instanceof Refused) || error.status === 401) return submitPlainly(form, wanted);
      say(note(form), sentence(error));
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("vote-settled", (event) => {
    shown = (event as CustomEvent<Choice>).detail;
    if (!busy) paint(form, shown);
  });
});

function send(form: HTMLFormElement, { on, wouldBuy }: Choice): Promise<VoteResult> {
  const api = form.dataset.api!;
  return on ? put(api, { would_buy: wouldBuy }) : remove(api);
}

const toggle = (form: HTMLFormElement) => form.querySelector<HTMLButtonElement>("button[aria-pressed]");
const note = (form: HTMLFormElement) => form.querySelector("[data-vote-note]");
const buyBox = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('input[name="would_buy"]');
const same = (a: Choice, b: Choice) => a.on === b.on && (!a.on || a.wouldBuy === b.wouldBuy);

function read(form: HTMLFormElement): Choice {
  return { on: toggle(form)?.getAttribute("aria-pressed") === "true", wouldBuy: buyBox(form)?.checked ?? false };
}

function paint(form: HTMLFormElement, { on, wouldBuy }: Choice): void {
  const button = toggle(form)!;
  button.setAttribute("aria-pressed", String(on));
  button.value = on ? "retract" : "cast";
  const box = buyBox(form);
  if (box) box.checked = wouldBuy;
}

// One idea may have two vote boxes on a page.
function paintTwins(form: HTMLFormElement, choice: Choice): void {
  const twins = document.querySelectorAll(`[data-island~="vote-box"][data-idea="${form.dataset.idea}"]`);
  for (const twin of twins) {
    if (twin !== form) twin.dispatchEvent(new CustomEvent("vote-settled", { detail: choice }));
  }
}

// form.submit() leaves the pressed button's value out, so it goes along by hand.
function submitPlainly(form: HTMLFormElement, { on, wouldBuy }: Choice): void {
  const box = buyBox(form);
  if (box) box.checked = wouldBuy;
  form.append(build("input", { type: "hidden", name: "act", value: on ? "cast" : "retract" }));
  form.submit();
}
