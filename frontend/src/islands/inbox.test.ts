// The keys of the triage inbox, and the colleagues a note can name.
import { beforeEach, expect, test } from "vitest";
import { draw, one, tick } from "../testing/page";
import "./inbox";
import "./mentions";

const inbox = `<div data-island="triage-inbox">
  <button data-help hidden>Keys</button>
  <a data-key="n" data-status="needs_work" href="?to=needs_work#answer"><span>Needs work</span></a>
  <a data-key="d" data-status="declined" href="?to=declined#answer"><span>Decline</span></a>
  <form id="quick"><button data-key="s"><span>Shortlist</span></button></form>
  <details class="menu"><summary data-key="m"><span>Merge</span></summary><form><input type="hidden"><input type="radio" name="into" value="4"></form></details>
  <section id="answer"><form><select name="status"><option value=""></option><option value="needs_work"></option></select><textarea name="answer"></textarea></form></section>
</div>`;

const key = (name: string, target: EventTarget = document.body) => {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};
const status = () => one<HTMLSelectElement>("select").value;

beforeEach(() => localStorage.clear());

test("a key chooses the move and takes the keyboard to the words", async () => {
  await draw(inbox);
  expect(key("N").defaultPrevented).toBe(true);
  expect(status()).toBe("needs_work");
  expect(document.activeElement).toBe(one("textarea"));
});

test("no key fires while typing, and none for a move that cannot be", async () => {
  await draw(inbox);
  expect(key("n", one("textarea")).defaultPrevented).toBe(false);
  expect(status()).toBe("");
  key("d");
  expect(status()).toBe("");
});

test("keys that are switched off do nothing, but for the one that lists them", async () => {
  await draw(inbox);
  localStorage.setItem("shortcuts", "off");
  expect(key("n").defaultPrevented).toBe(false);
  key("?");
  expect([...one("dialog").querySelectorAll("dd")].map((d) => d.textContent)).toEqual([
    "Needs work",
    "Decline",
    "Shortlist",
    "Merge",
  ]);
  one("dialog").remove();
});

test("a key presses a button, and opens a menu with the keyboard in it", async () => {
  await draw(inbox);
  let sent = 0;
  one("#quick").addEventListener("submit", (event) => {
    event.preventDefault();
    sent++;
  });
  key("s");
  expect(sent).toBe(1);
  one<HTMLDetailsElement>("details").open = false;
  key("m");
  if (one<HTMLDetailsElement>("details").open) expect(document.activeElement).toBe(one('[name="into"]'));
});

test("an at sign offers colleagues, and choosing one writes the handle", async () => {
  await draw(
    `<div data-island="mentions" data-team='[{"handle":"mieke-aerts","name":"Mieke Aerts"},{"handle":"daniel","name":"Daniel"}]'><textarea></textarea></div>`,
  );
  const area = one<HTMLTextAreaElement>("textarea");
  const type = (words: string) => {
    area.value = words;
    area.setSelectionRange(words.length, words.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  type("Ask mail@mi");
  expect(one(".mentions").hidden).toBe(true);
  type("Ask @mi");
  expect(one(".mentions").textContent).toBe("Mieke Aerts @mieke-aerts");
  one(".mentions button").click();
  await tick();
  expect(area.value).toBe("Ask @mieke-aerts ");
  expect(one(".mentions").hidden).toBe(true);
});
