// Small things any page may have.
import { beforeEach, expect, test, vi } from "vitest";
import { draw, one, tick } from "../testing/page";
import { ago } from "./relative-time";
import { startShortcuts, switchKeys } from "./shortcuts";
import "./confirm";
import "./share";
import "./theme-toggle";

const texts = {
  "islands.theme.system": "System",
  "islands.theme.light": "Light",
  "islands.theme.dark": "Dark",
  "islands.share.copied": "Copied.",
};

test("recent moments are told from now, others are left as they are", async () => {
  await draw("", { lang: "nl" });
  const now = new Date("2026-05-02T12:00:00Z");
  const before = (seconds: number) => ago(new Date(now.getTime() - seconds * 1_000), now);
  expect([before(20), before(7_200), before(86_400), before(-3_600)]).toEqual([
    "nu",
    "2 uur geleden",
    "gisteren",
    "over 1 uur",
  ]);
  expect([before(90 * 86_400), ago(new Date("?"), now)]).toEqual([undefined, undefined]);
});

test("the theme goes round and is remembered", async () => {
  await draw('<button data-island="theme-toggle" hidden><span>x</span></button>', { texts });
  const button = one("button");
  expect([button.hidden, button.textContent]).toEqual([false, "System"]);
  button.click();
  button.click();
  expect([document.documentElement.dataset.theme, localStorage.getItem("theme"), button.textContent]).toEqual([
    "dark",
    "dark",
    "Dark",
  ]);
  button.click();
  expect([document.documentElement.dataset.theme, localStorage.getItem("theme")]).toEqual([undefined, null]);
});

test("the share sheet copies what stands in its field, and has no button for a sheet that the device has not", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await draw(
    `<div data-island="share" data-url="https://board.example/ideas/4"><input id="link" value="https://board.example/ideas/4">
      <button data-copy="link" hidden>Copy</button><p data-native hidden><button>Share</button></p><p role="status" data-said></p></div>`,
    { texts },
  );
  expect([one("[data-copy]").hidden, one("[data-native]").hidden]).toEqual([false, true]);
  one("[data-copy]").click();
  await tick();
  expect(writeText).toHaveBeenCalledWith("https://board.example/ideas/4");
  expect(one("[role=status]").textContent).toBe("Copied.");
});

test("what is hard to undo is asked first", async () => {
  await draw('<form data-island="confirm" data-confirm="Withdraw it?"><button>Withdraw</button></form>', { texts });
  const again = vi.spyOn(HTMLFormElement.prototype, "requestSubmit").mockImplementation(() => {});
  const event = new Event("submit", { cancelable: true });
  one("form").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  const dialog = one<HTMLDialogElement>("dialog");
  expect(dialog.textContent).toContain("Withdraw it?");
  dialog.close("yes");
  await tick();
  expect(again).toHaveBeenCalledOnce();
  expect(document.querySelector("dialog")).toBeNull();
});

const card = (id: number) =>
  `<li class="idea"><h3><a id="a${id}" href="/ideas/${id}">x</a></h3><form class="vote-form"><button type="button" aria-pressed="false">v</button></form></li>`;
const press = (key: string, target: Element = document.activeElement ?? document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

let listening = false;

beforeEach(() => {
  if (!listening) startShortcuts();
  listening = true;
});

test("keys walk the cards, vote and search", async () => {
  await draw(`<input type="search"><ul>${card(1)}${card(2)}</ul>`);
  const voted = vi.fn();
  document.querySelectorAll("button")[1]!.addEventListener("click", voted);
  press("j");
  press("j");
  expect(document.activeElement?.id).toBe("a2");
  press("v");
  expect(voted).toHaveBeenCalledOnce();
  press("k");
  expect(document.activeElement?.id).toBe("a1");
  press("/");
  expect(document.activeElement).toBe(one("input"));
});

test("keys mean nothing while typing, or once switched off", async () => {
  await draw(`<input type="text"><ul>${card(1)}</ul>`);
  one("input").focus();
  press("j");
  expect(document.activeElement).toBe(one("input"));
  switchKeys(false);
  one("input").blur();
  press("j", document.body);
  expect(document.activeElement?.id).not.toBe("a1");
  switchKeys(true);
  press("j", document.body);
  expect(document.activeElement?.id).toBe("a1");
});
