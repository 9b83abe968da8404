// What moves on the board: the socket's messages, more ideas, what was seen.
import { beforeEach, expect, test, vi } from "vitest";
import { fetchPage } from "../lib/api";
import { draw, one, server, tick } from "../testing/page";
import { FakeSocket } from "../testing/socket";
import { show, startLive } from "./live-tally";
import "./load-more";
import "./new-ideas";
import { startSeen } from "./seen";

vi.mock("../lib/api", async (original) => ({ ...(await original<typeof import("../lib/api")>()), fetchPage: vi.fn() }));

const texts = {
  "islands.new_ideas.one": "{count} new idea",
  "islands.new_ideas.other": "{count} new ideas",
  "islands.more.loading": "Loading",
  "islands.more.added.other": "{count} more",
};

test("the page's topics and every idea shown are watched, also later ones", async () => {
  FakeSocket.install();
  await draw('<b data-tally="1" data-field="voters">1</b>', { watch: ["board"] });
  const live = startLive("ws://board/live");
  await tick();
  FakeSocket.last.open();
  const later = document.createElement("b");
  later.dataset.tally = "2";
  document.body.append(later);
  await tick();
  expect(FakeSocket.last.sent).toEqual([{ watch: ["board", "idea:1"] }, { watch: ["idea:2"] }]);
  live.close();
});

test("who is here, comments and new ideas are shown", async () => {
  await draw(
    '<b data-here="board">1</b><b data-comments="4">0</b><i data-tally="5"></i><a data-island="new-ideas" hidden href="/">x</a>',
    { texts },
  );
  show({ here: { board: 312 }, comments: [{ idea: 4, count: 7 }] });
  show({ new: [{ idea: 5 }] });
  expect(one("a").hidden).toBe(true); // it is on the page already
  show({ new: [{ idea: 6 }, { idea: 7 }] });
  show({ new: [{ idea: 7 }] });
  expect([one("[data-here]").textContent, one("[data-comments]").textContent]).toEqual(["312", "7"]);
  expect([one("a").hidden, one("a").textContent]).toEqual([false, "2 new ideas"]);
});

const list = (ids: string[], next?: string) => `
  <ul id="ideas">${ids.map((id) => `<li id="i${id}"><h3><a href="/ideas/${id}">${id}</a></h3></li>`).join("")}</ul>
  ${next ? `<p class="more"><a data-island="load-more" data-into="#ideas" href="${next}">More</a></p>` : ""}`;

const next = (markup: string) => new DOMParser().parseFromString(markup, "text/html");
const click = (init: MouseEventInit = {}) => {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...init });
  one(".more a").dispatchEvent(event);
  return event;
};

test("more ideas are appended, the focus goes to the first of them, and the last page ends it", async () => {
  await draw(list(["1", "2"], "/?after=2"), { texts });
  vi.mocked(fetchPage).mockResolvedValueOnce(next(list(["2", "3"], "/?after=3")));
  click();
  await tick();
  expect([...document.querySelectorAll("li")].map(({ id }) => id)).toEqual(["i1", "i2", "i3"]);
  expect(document.activeElement?.textContent).toBe("3");
  expect(one(".more a").getAttribute("href")).toBe("/?after=3");
  expect(one("#more-status").textContent).toBe("1 more");
  vi.mocked(fetchPage).mockResolvedValueOnce(next(list(["4"])));
  click();
  await tick();
  expect(document.querySelector(".more")).toBeNull();
});

test("with a modifier key the link stays a link", async () => {
  await draw(list(["1"], "/?after=1"), { texts });
  expect(click({ ctrlKey: true }).defaultPrevented).toBe(false);
});

test("when more cannot be had in place, the link is followed", async () => {
  await draw(list(["1"], "/?after=1"), { texts });
  const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
  vi.mocked(fetchPage).mockRejectedValueOnce(new Error("no network"));
  click();
  await tick();
  expect(assign).toHaveBeenCalledOnce();
});

let look: (entries: { target: Element; isIntersecting: boolean }[]) => void;

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: typeof look) {
        look = callback;
      }
      observe() {}
      unobserve() {}
    },
  );
});

test("what a member looked at for a second is told once, in one request", async () => {
  vi.useFakeTimers();
  const calls = server(() => ({ status: 204 }));
  await draw('<li data-seen="1"></li><li data-seen="2"></li><li data-seen="3"></li>', { signedIn: true });
  startSeen();
  const [a, b, c] = [...document.querySelectorAll("li")];
  look([a, b, c].map((target) => ({ target: target!, isIntersecting: true })));
  await vi.advanceTimersByTimeAsync(500);
  look([{ target: c!, isIntersecting: false }]);
  await vi.advanceTimersByTimeAsync(4_000);
  look([{ target: a!, isIntersecting: true }]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(calls).toMatchObject([{ method: "POST", path: "/api/v1/seen", body: { ideas: [1, 2] } }]);
});
