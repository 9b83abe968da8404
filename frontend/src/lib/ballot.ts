// What the vote boxes share: a choice goes to the server, the last one after
// those under way, and comes back as what holds.
import { put, Refused, remove, sentence } from "./api";
import { cameFrom } from "./came-from";
import { build, say } from "./dom";
import { showResult } from "./tally";
import type { VoteResult } from "./wire";

/** Choice is what somebody says of an idea. */
export interface Choice {
  on: boolean;
  /** 1 to 5, or 0 on a support ballot. */
  score: number;
  wouldBuy: boolean;
}

/** Box is one form to vote with: how it tells its choice, and how it shows one. */
export interface Box {
  form: HTMLFormElement;
  read(): Choice;
  paint(choice: Choice): void;
}

/** Settle sends a choice; after the last of a row it says what came of it. */
export type Settle = (choice: Choice) => Promise<boolean>;

/** none is no vote at all. */
export const none: Choice = { on: false, score: 0, wouldBuy: false };

/**
 * settling takes over a box whose server has `shown`. What the server refuses is
 * taken back and said; what it cannot be asked goes by the plain form.
 */
export function settling({ form, read, paint }: Box, shown: Choice): Settle {
  let busy = false;

  form.addEventListener("vote-settled", (event) => {
    shown = (event as CustomEvent<Choice>).detail;
    if (!busy) paint(shown);
  });

  return async (choice) => {
    paint(choice);
    say(note(form), "");
    if (busy) return false;
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      while (!same(read(), shown)) {
        const wanted = read();
        const { vote, tally } = await send(form.dataset.api!, wanted);
        shown = vote ? { on: true, score: vote.score ?? 0, wouldBuy: vote.would_buy } : none;
        if (same(read(), wanted)) paint(shown);
        showResult(tally);
        paintTwins(form, shown);
      }
      return true;
    } catch (error) {
      const wanted = read();
      paint(shown);
      if (error instanceof Refused && error.status !== 401) say(note(form), sentence(error));
      else submitPlainly({ form, read, paint }, wanted);
      return false;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  };
}

/** note is where a box says something. */
export const note = (form: HTMLFormElement) => form.querySelector("[data-vote-note]");

/** buyBox is the tick beside the vote. */
export const buyBox = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('input[name="would_buy"]');

/** addCameFrom puts into a form that goes by itself what the script would have sent along. */
export function addCameFrom(form: HTMLFormElement): void {
  const host = cameFrom();
  if (host && !form.elements.namedItem("came_from")) {
    form.append(build("input", { type: "hidden", name: "came_from", value: host }));
  }
}

/** send tells the API a choice. */
export function send(api: string, { on, score, wouldBuy }: Choice): Promise<VoteResult> {
  if (!on) return remove(api);
  const host = cameFrom();
  const headers: Record<string, string> = host ? { "Vote-Referrer": host } : {};
  return put(api, { ...(score > 0 && { score }), would_buy: wouldBuy }, { headers });
}

const same = (a: Choice, b: Choice) => a.on === b.on && (!a.on || (a.score === b.score && a.wouldBuy === b.wouldBuy));

// One idea may have two vote boxes on a page.
function paintTwins(form: HTMLFormElement, choice: Choice): void {
  const twins = document.querySelectorAll(`form[data-api="${form.dataset.api}"]`);
  for (const twin of twins) {
    if (twin !== form) twin.dispatchEvent(new CustomEvent("vote-settled", { detail: choice }));
  }
}

// form.submit() leaves the pressed button's value out, so it goes along by hand.
function submitPlainly({ form, paint }: Box, choice: Choice): void {
  paint(choice);
  addCameFrom(form);
  form.append(build("input", { type: "hidden", name: "act", value: choice.on ? "cast" : "retract" }));
  form.submit();
}
