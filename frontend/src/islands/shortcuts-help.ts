// The dialog that lists the keys and switches them off.
import { build } from "../lib/dom";
import { text } from "../lib/page";
import { off, switchKeys } from "./shortcuts";

const keys = [
  ["/", "search"],
  ["n", "propose"],
  ["j", "next"],
  ["k", "previous"],
  ["v", "vote"],
  ["?", "help"],
] as const;

const places = [
  ["h", "home"],
  ["c", "challenges"],
  ["m", "made"],
  ["p", "people"],
  ["i", "inbox"],
  ["y", "mine"],
] as const;

const row = (key: string, words: string) =>
  build("div", {}, build("dt", {}, ...key.split(" ").map((k) => build("kbd", {}, k))), build("dd", {}, words));

/** showHelp opens the dialog: the page's own keys, which stand in its markup, and those of every page. */
export function showHelp(): void {
  const own = [...document.querySelectorAll<HTMLElement>("[data-keys]")];
  const rows = [
    ...own.map(({ dataset }) => row(dataset.keys ?? "", dataset.keysDo ?? "")),
    ...keys.map(([key, name]) => row(key, text(`islands.keys.${name}`))),
    ...places.map(([key, name]) => row(`g ${key}`, text(`islands.keys.${name}`))),
  ];
  const tick = build("input", { type: "checkbox", checked: !off() });
  tick.addEventListener("change", () => switchKeys(tick.checked));
  const close = build("button", { class: "btn", autofocus: true }, text("islands.dialog.close"));
  const dialog = build(
    "dialog",
    { class: "dialog", "aria-labelledby": "keys-title" },
    build(
      "form",
      { method: "dialog", class: "stack" },
      build("h2", { id: "keys-title" }, text("islands.keys.title")),
      build("dl", { class: "keys" }, ...rows),
      build("label", { class: "inline" }, tick, build("span", {}, text("islands.keys.on"))),
      build("div", { class: "row" }, close),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back
  document.body.append(dialog);
  dialog.showModal();
}
