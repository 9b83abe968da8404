// Keeps the page's numbers moving: watches what the page names and every idea
// it shows, and hands what else the socket says to the islands as events.
import { each } from "../lib/island";
import { Live, type Message } from "../lib/live";
import { formatNumber, page } from "../lib/page";
import { catchUp, showStatus, showTally } from "../lib/tally";
import { showUnread } from "./inbox-badge";

/** NewIdeas is the event by which other islands learn of new ideas. */
export type NewIdeas = CustomEvent<number[]>;

/** Moves is the event by which other islands learn of ideas that moved. */
export type Moves = CustomEvent<{ idea: number; status: string }[]>;

/** Talk is the event by which other islands learn how many comments ideas have. */
export type Talk = CustomEvent<{ idea: number; count: number }[]>;

/** startLive listens for this page. It connects once there is something to hear. */
export function startLive(url = `${location.origin.replace(/^http/, "ws")}/live`): Live {
  const live = new Live({ url, onMessage: show, onSignedOut });
  const watch = page().watch;
  if (watch.length > 0) live.watch(watch, true);
  each("[data-inbox]", () => live.watch(["me"], true));
  each("[data-tally]", (element) => {
    live.watch([`idea:${element.dataset.tally}`]);
    catchUp(element);
  });
  return live;
}

// The account is signed out in another tab or by the server: from here on this
// page acts as a visitor's, so that a vote or an idea takes the way that keeps it.
function onSignedOut(): void {
  page().signedIn = false;
  document.dispatchEvent(new CustomEvent("signed-out"));
}

/** show writes one message of the server into the page. */
export function show(message: Message): void {
  for (const tally of message.tallies ?? []) showTally(tally);
  for (const { idea, status } of message.status ?? []) showStatus(idea, status);
  if (message.status) document.dispatchEvent(new CustomEvent("moves", { detail: message.status }));
  for (const [topic, count] of Object.entries(message.here ?? {})) showHere(topic, count);
  for (const { idea, count } of message.comments ?? []) {
    for (const element of document.querySelectorAll(`[data-comments="${idea}"]`)) {
      element.textContent = formatNumber(count);
      const link = element.closest<HTMLElement>(".card-talk");
      if (link) link.hidden = count === 0;
    }
  }
  if (message.comments) document.dispatchEvent(new CustomEvent("talk", { detail: message.comments }));
  if (message.inbox) showUnread(message.inbox.unread);
  const fresh = (message.new ?? []).map(({ idea }) => idea);
  if (fresh.length > 0) document.dispatchEvent(new CustomEvent("new-ideas", { detail: fresh }));
}

function showHere(topic: string, count: number): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-here]")) {
    if (element.dataset.here === topic) element.textContent = formatNumber(Math.max(count, 1)); // we are here
  }
}
