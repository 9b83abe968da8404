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

/** showHelp opens the dialog. */
export function showHelp(): void {
  const rows = keys.map(([key, name]) =>
    build("div", {}, build("dt", {}, build("kbd", {}, key)), build("dd", {}, text(`islands.keys.${name}`))),
  );
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
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
