import { beforeEach, expect, test, vi } from "vitest";
import { fetchPage } from "../lib/api";
import { draw, one, tick } from "../testing/page";
import "./deck";

vi.mock("../lib/api", async (original) => ({ ...(await original<typeof import("../lib/api")>()), fetchPage: vi.fn() }));

const entry = (id: number) =>
  `<article data-deck-entry="${id}" data-api="/api/v1/ideas/${id}/vote" data-title="Bag ${id}"><h2>Bag ${id}</h2></article>`;
const scores = [1, 2, 3, 4, 5].map((n) => `<button name="score" value="${n}">${n}</button>`).join("");
const deck = (ballot = scores) => `
  <div data-island="deck" data-url="/challenges/bags/score" data-skip="/challenges/bags/score/skip" data-undo="/challenges/bags/score/undo"
       data-done="3" data-total="9" data-progress="{done} of {total}" data-up="Next: {title}" data-back="Back: {title}">
    ${entry(1)}
    <p data-deck-figures>3 of 9</p><progress max="9" value="3"></progress><div data-deck-note></div>
    <form data-deck-form method="post" action="/challenges/bags/score">
      <button disabled hidden></button><input type="hidden" name="entry" value="1">${ballot}
      <input type="checkbox" name="would_buy" value="1"><button name="act" value="skip">Skip</button>
    </form>
    <form data-deck-undo method="post" action="/challenges/bags/score/undo" hidden><input type="hidden" name="entry" value="0"><button>Undo</button></form>
    <p data-deck-said></p>
  </div>`;
const member = { signedIn: true, account: 7, texts: { "islands.error.network": "No answer." } };

let calls: string[] = [];
let refuse: { status: number; code: string; detail: string } | "nothing" | undefined;

beforeEach(() => {
  calls = [];
  refuse = undefined;
  let next = 2;
  vi.mocked(fetchPage).mockImplementation(async (url) => {
    calls.push(`ahead ${url.split("?but=")[1]}`);
    return new DOMParser().parseFromString(next <= 5 ? entry(next++) : "<p>done</p>", "text/html");
  });
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit = {}) => {
    if (path !== "/api/v1/seen" && refuse) {
      if (refuse === "nothing") throw new TypeError("no network");
      const headers = { "Content-Type": "application/problem+json" };
      return new Response(JSON.stringify(refuse), { status: refuse.status, headers });
    }
    const said = body instanceof URLSearchParams ? `entry ${body.get("entry")} ${body.get("csrf")}` : (body ?? "");
    calls.push(`${method} ${path} ${said}`.trim());
    return new Response(path.startsWith("/api/v1/ideas") ? "{}" : null, {
      status: path.startsWith("/api/v1/ideas") ? 200 : 204,
    });
  });
});

const settled = async () => {
  for (let n = 0; n < 5; n++) await tick();
};
const press = async (key: string, init: KeyboardEventInit = {}, on: EventTarget = document.body) => {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  await settled();
};
const start = async (markup = deck(), who: Parameters<typeof draw>[1] = member) => {
  await draw(markup, who);
  await settled();
};
const up = () => one("h2").textContent;
const figures = () => [one("[data-deck-figures]").textContent, one<HTMLProgressElement>("progress").value];
const asked = (what: string) => calls.filter((call) => call.startsWith(what));
const buy = () => one<HTMLInputElement>('input[name="would_buy"]');

test("a key casts the score and the next entry, which was here already, comes up", async () => {
  await start();
  expect(calls).toEqual(["ahead 1", "ahead 1.2"]);
  await press("b");
  await press("4");
  expect(asked("PUT")).toEqual(['PUT /api/v1/ideas/1/vote {"score":4,"would_buy":true}']);
  expect([up(), ...figures(), one("[data-deck-said]").textContent]).toEqual(["Bag 2", "4 of 9", 4, "Next: Bag 2"]);
  expect(asked("POST"), "what is shown is seen, and not what is only here").toEqual([
    'POST /api/v1/seen {"ideas":[2]}',
  ]);
  expect([buy().checked, one<HTMLInputElement>('input[name="entry"]').value]).toEqual([false, "2"]);
  expect(location.search).toBe("?entry=2&last=1");
});

test("the arrow skips, and U takes back a skip and a score", async () => {
  await start();
  await press("ArrowRight");
  expect([up(), ...figures()]).toEqual(["Bag 2", "3 of 9", 3]);
  await press("b");
  await press("5");
  expect([up(), ...figures()]).toEqual(["Bag 3", "4 of 9", 4]);
  await press("u");
  expect([up(), ...figures(), buy().checked]).toEqual(["Bag 2", "3 of 9", 3, true]);
  await press("U");
  expect([up(), one("[data-deck-said]").textContent]).toEqual(["Bag 1", "Back: Bag 1"]);
  expect(calls.filter((call) => /^(PUT|DELETE|POST .*(skip|undo))/.test(call))).toEqual([
    "POST /challenges/bags/score/skip entry 1 proof",
    'PUT /api/v1/ideas/2/vote {"score":5,"would_buy":true}',
    "DELETE /api/v1/ideas/2/vote",
    "POST /challenges/bags/score/undo entry 1 proof",
  ]);
  expect(one("[data-deck-undo]").hidden).toBe(true);
  await press("3");
  expect(up(), "what was up before comes again").toBe("Bag 2");
});

test("a refused vote is said, and the entry stays with its tick", async () => {
  await start();
  refuse = { status: 409, code: "votes.late", detail: "Voting in this challenge has closed." };
  await press("b");
  await press("4");
  expect([up(), ...figures(), buy().checked]).toEqual(["Bag 1", "3 of 9", 3, true]);
  expect(one("[data-deck-note]").textContent).toBe("Voting in this challenge has closed.");
  refuse = "nothing";
  await press("4");
  expect([up(), one("[data-deck-note]").textContent]).toEqual(["Bag 1", "No answer."]);
  refuse = undefined;
  await press("4");
  expect([up(), one("[data-deck-note]").textContent]).toEqual(["Bag 2", ""]);
});

test("a vote that waits for an address goes on, and this is said", async () => {
  await start();
  refuse = { status: 403, code: "votes.unconfirmed", detail: "Confirm your address." };
  await press("4");
  expect([up(), ...figures(), one("[data-deck-note]").textContent]).toEqual([
    "Bag 2",
    "4 of 9",
    4,
    "Confirm your address.",
  ]);
});

test("who was signed out meanwhile takes the choice along by the plain form", async () => {
  await start();
  refuse = { status: 401, code: "votes.sign_in", detail: "Sign in." };
  const submit = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => {});
  await press("4");
  expect(submit).toHaveBeenCalledOnce();
  expect(new FormData(one<HTMLFormElement>("[data-deck-form]")).get("score")).toBe("4");
  submit.mockRestore();
});

test("keys with a modifier, held down, in a field or switched off do nothing", async () => {
  await start(`${deck()}<textarea></textarea>`);
  for (const init of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) await press("4", init);
  await press("4", {}, one("textarea"));
  await press("6");
  localStorage.setItem("shortcuts", "off");
  await press("4");
  expect(asked("PUT")).toEqual([]);
});

test("buttons do the same, but the second click of two does not", async () => {
  await start();
  one('button[value="4"]').click();
  await settled();
  one('button[value="2"]').dispatchEvent(new MouseEvent("click", { detail: 2, bubbles: true, cancelable: true }));
  await settled();
  one('button[value="skip"]').click();
  await settled();
  expect(asked("PUT")).toHaveLength(1);
  expect(asked("POST /challenges")).toEqual(["POST /challenges/bags/score/skip entry 2 proof"]);
});

test("after the last entry the server says how it went", async () => {
  await start();
  const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
  for (const key of "12345") await press(key);
  expect(asked("PUT")).toHaveLength(5);
  expect(assign).toHaveBeenCalledWith("/challenges/bags/score?last=5");
});

test("in a challenge for support V supports", async () => {
  await start(deck('<button name="act" value="cast">Support</button>'));
  await press("4");
  await press("v");
  expect(asked("PUT")).toEqual(['PUT /api/v1/ideas/1/vote {"would_buy":false}']);
  expect(up()).toBe("Bag 2");
});

test("a visitor's choice goes by the plain form", async () => {
  const submitted = vi.fn((event: Event) => event.preventDefault());
  await start(deck(), { signedIn: false });
  one("[data-deck-form]").addEventListener("submit", submitted);
  await press("4");
  await press("ArrowRight");
  expect(submitted).toHaveBeenCalledOnce();
  expect(calls).toEqual([]);
});
