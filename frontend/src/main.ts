// The script of every page: what most pages use at once, the rest on demand.
import "./styles/main.css";
import "./islands/confirm"; // not on demand: the question must stand before anybody can press
import "./islands/vote-box";
import "./islands/load-more";
import "./islands/new-ideas";
import "./islands/relative-time";
import "./islands/theme-toggle";
import { startLive } from "./islands/live-tally";
import { startSeen } from "./islands/seen";
import { startShortcuts } from "./islands/shortcuts";
import { land } from "./lib/came-from";
import { each } from "./lib/island";
import { page } from "./lib/page";

const onDemand: Record<string, () => Promise<unknown>> = {
  '[data-island~="idea-form"]': () => import("./islands/proposing"),
  '[data-island~="rich-text"]': () => import("./islands/rich-text"),
  '[data-island~="decision-form"]': () => import("./islands/decision-form"),
  '[data-island~="score-box"]': () => import("./islands/score-box"),
  '[data-island~="deck"]': () => import("./islands/deck"),
  "[data-until]": () => import("./islands/unseal"),
  '[data-island~="countdown"]': () => import("./islands/countdown"),
  '[data-island~="triage-inbox"]': () => import("./islands/inbox"),
  '[data-island~="mentions"]': () => import("./islands/mentions"),
  '[data-island~="talk"]': () => import("./islands/talk"),
  '[data-island~="talk-mentions"]': () => import("./islands/talk-mentions"),
  '[data-island~="share"]': () => import("./islands/share"),
  '[data-island~="file"]': () => import("./islands/file"),
  '[data-island~="print"]': () => import("./islands/print"),
  '[data-island~="shortlist"]': () => import("./islands/shortlist"),
  '[data-island~="lanes"]': () => import("./islands/lanes"),
  '[data-island~="keys-help"]': () => import("./islands/keys-help"),
  '[data-island~="bulk-pick"], [data-island~="bulk-do"]': () => import("./islands/bulk"),
};

for (const [selector, load] of Object.entries(onDemand)) {
  // The module registers its island itself, which wakes this element too.
  each(selector, () => void load().catch(reportError));
}

// What the box of the bar offers is fetched when somebody goes there.
each('[data-island~="search"]', (box) => {
  box.addEventListener("focusin", () => void import("./islands/search").catch(reportError), { once: true });
});

each(".gallery", (gallery) => {
  gallery.addEventListener("click", async (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !link.querySelector("img")) return;
    event.preventDefault();
    const { show } = await import("./islands/lightbox");
    show([...gallery.querySelectorAll<HTMLAnchorElement>("a[href]:has(img)")], link);
  });
});

// On a narrow screen the tab one stands on may lie beyond the edge of its row.
each(".tabs [aria-current]", (tab) => {
  const row = tab.parentElement;
  if (row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});

// What was written has become an idea: its copy in this browser has done its work.
if (page().signedIn && document.querySelector(".idea-page")) {
  void import("./lib/draft").then(({ Desk }) => {
    new Desk(page().account).settle(document.querySelector("h1")?.textContent ?? "");
  });
}

// A browser leaves the fade between two pages out where it is busy or hidden, and
// says so by promises that fail. Nothing is wrong then.
for (const event of ["pageswap", "pagereveal"] as const) {
  addEventListener(event, ({ viewTransition }) => {
    for (const done of [viewTransition?.ready, viewTransition?.finished, viewTransition?.updateCallbackDone])
      done?.catch(() => undefined);
  });
}

land();
startLive();
startSeen();
startShortcuts();
