// The studio's board by the keyboard, and what colleagues move on it.
import { beforeEach, expect, test, vi } from "vitest";
import { fetchPage } from "../lib/api";
import { draw, one, tick } from "../testing/page";
import "./lanes";
import { show } from "./live-tally";

vi.mock("../lib/api", async (original) => ({ ...(await original<typeof import("../lib/api")>()), fetchPage: vi.fn() }));

const texts = {
  "islands.lanes.grabbed": "Picked up {title}, in {lane}",
  "islands.lanes.over": "{lane}",
  "islands.lanes.cancelled": "Cancelled",
  "islands.lanes.moved": "{title}: now {lane}",
  "islands.dialog.close": "Close",
};

const ticket = (id: number, at: string, next: string) => `
  <li class="ticket" id="ticket-${id}" data-ticket="${id}" data-at="${at}" data-next="${next}">
    <h3><a href="/ideas/${id}">Idea ${id}</a></h3><button class="grab" aria-pressed="false" hidden></button>
  </li>`;
const lane = (key: string, statuses: string, count: number, tickets = "") => `
  <section class="lane" id="lane-${key}" data-statuses="${statuses}"><h2>${key}</h2>
    <a class="lane-count" data-count="${count}">${count}</a><ol class="tickets">${tickets}</ol></section>`;
const board = (lanes: string) => `<div class="lanes" data-island="lanes" data-back="/studio">${lanes}</div>`;
const lanes = () =>
  board(
    lane("Open", "open", 2, ticket(1, "open", "shortlisted needs_work parked") + ticket(2, "open", "shortlisted")) +
      lane("Made", "adopted in_production", 0) +
      lane("Shortlisted", "shortlisted", 0) +
      lane("Later", "needs_work parked", 0),
  );
const parse = (markup: string) => new DOMParser().parseFromString(markup, "text/html");
const form = parse(`<div id="move" class="panel"><h1 id="move-title">Move</h1><form action="/ideas/1/decision">
  <input type="hidden" name="seen" value="open"><select name="status"><option>needs_work</option><option>shortlisted</option></select>
  <span class="status"></span><button class="red">Move</button><a data-close href="/studio">Cancel</a></form></div>`);

const grab = (id: number) => one(`#ticket-${id} .grab`);
const press = async (key: string, id = 1) => {
  grab(id).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await tick();
};
const said = () => one("[role=status]").textContent;
const counts = () => [...document.querySelectorAll(".lane-count")].map((count) => count.textContent);
const settle = async () => {
  for (let i = 0; i < 6; i++) await tick();
};

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  vi.mocked(fetchPage).mockReset().mockResolvedValue(form);
  await draw(lanes(), { texts });
  grab(1).focus();
});

test("the arrows go over the lanes that take it, and Escape leaves it where it was", async () => {
  expect(grab(1).hidden).toBe(false);
  await press(" ");
  expect([said(), grab(1).getAttribute("aria-pressed")]).toEqual(["Picked up Idea 1, in Open", "true"]);
  expect(one("#lane-Made").classList.contains("may")).toBe(false);
  await press("ArrowRight");
  expect([said(), one(".over").id]).toEqual(["Shortlisted", "lane-Shortlisted"]); // not what only a product reaches
  await press("ArrowRight");
  await press("ArrowRight");
  expect(said()).toBe("Later");
  await press("Escape");
  expect([said(), document.querySelector(".over, .moving")]).toEqual(["Cancelled", null]);
  expect(fetchPage).not.toHaveBeenCalled();
});

test("Enter opens the form of the move, and once it is made the ticket and the counts follow", async () => {
  const calls: [string, string][] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push([new URL(url, "http://board").pathname, String(init.body)]);
    return new Response(JSON.stringify({ at: "needs_work", next: ["open"] }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  await press("Enter");
  await press("ArrowRight");
  await press("ArrowRight");
  await press("Enter");
  await settle();
  expect(vi.mocked(fetchPage).mock.calls[0]?.[0]).toBe(
    "/studio/move/1?to=needs_work%2Cparked&seen=open&back=%2Fstudio",
  );
  one<HTMLFormElement>("dialog form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settle();
  expect(calls).toEqual([["/ideas/1/decision", "seen=open&status=needs_work"]]);
  expect(one("#lane-Later #ticket-1").dataset.at).toBe("needs_work");
  expect(counts()).toEqual(["1", "0", "0", "1"]);
  expect([said(), document.querySelector("dialog")]).toEqual(["Idea 1: now Later", null]);
});

test("a colleague who was quicker is named, what was typed stays, and the ticket goes where it is", async () => {
  vi.stubGlobal("fetch", async () => {
    const body = { at: "shortlisted", next: ["needs_work"], detail: "Ilse moved it to Shortlisted a moment ago." };
    return new Response(JSON.stringify(body), { status: 409, headers: { "Content-Type": "application/json" } });
  });
  await press("Enter");
  await press("ArrowRight");
  await press("Enter");
  await settle();
  one<HTMLFormElement>("dialog form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settle();
  expect(one("[role=alert]").textContent).toBe("Ilse moved it to Shortlisted a moment ago.");
  expect(one<HTMLInputElement>("[name=seen]").value).toBe("shortlisted");
  expect([...one<HTMLSelectElement>("select").options].map(({ value }) => value)).toEqual(["needs_work"]);
  expect(document.querySelector("#lane-Shortlisted #ticket-1")).not.toBeNull();
});

test("what a colleague moves goes to its lane at once, but not out of somebody's hand", async () => {
  vi.useFakeTimers();
  await press(" ");
  show({
    status: [
      { idea: 2, status: "shortlisted" },
      { idea: 1, status: "parked" },
    ],
  });
  expect(document.querySelector("#lane-Shortlisted #ticket-2")).not.toBeNull();
  expect(document.querySelector("#lane-Open #ticket-1")).not.toBeNull();
  expect(counts()).toEqual(["1", "0", "1", "0"]);
  vi.mocked(fetchPage).mockResolvedValue(
    parse(
      board(
        lane("Open", "open", 0) +
          lane("Made", "adopted in_production", 0) +
          lane("Shortlisted", "shortlisted", 1, ticket(2, "shortlisted", "parked")) +
          lane("Later", "needs_work parked", 1, ticket(1, "parked", "open")),
      ),
    ),
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect(document.querySelector("#lane-Open #ticket-1"), "still held").not.toBeNull();
  await press("Escape");
  await vi.advanceTimersByTimeAsync(1000);
  expect(document.querySelector("#lane-Later #ticket-1")).not.toBeNull();
  expect(counts()).toEqual(["0", "0", "1", "1"]);
});
