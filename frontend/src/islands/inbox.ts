// One key for each thing to do in the triage inbox. The keys press what stands
// on the page, so that whatever they do is there without them too.
import { build } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";
import { off, typing } from "./shortcuts";

// All keys that mean something here. Where one has nothing to press, such as
// "needs work" on an idea that is not let in yet, it does nothing else either.
const own = ["a", "d", "g", "j", "k", "l", "m", "n", "o", "p", "s"];

island("triage-inbox", (inbox) => {
  const keyed = () => [...inbox.querySelectorAll<HTMLElement>("[data-key]")];
  const answer = inbox.querySelector<HTMLFormElement>("#answer form");

  const press = (target: HTMLElement): void => {
    if (target.dataset.status !== undefined && answer) return open(target.dataset.status);
    target.click();
    // A menu that opens takes the keyboard along.
    const menu = target.closest("details");
    if (target.matches("summary") && menu?.open)
      menu.querySelector<HTMLElement>('input:not([type="hidden"]), button:not(:disabled)')?.focus();
  };

  /** open begins an answer: with its move chosen, and the keyboard in the words. */
  const open = (status: string): void => {
    const select = answer?.elements.namedItem("status");
    if (select instanceof HTMLSelectElement) {
      if (![...select.options].some((option) => option.value === status)) return;
      select.value = status;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const reason = answer?.elements.namedItem("reason");
    const words = answer?.querySelector<HTMLElement>('[role="textbox"], textarea');
    answer?.closest("section")?.scrollIntoView({ block: "nearest" });
    if (reason instanceof HTMLSelectElement && !reason.disabled) reason.focus();
    else words?.focus();
  };

  // Before the keys of every page: here N is "needs work", not a new idea.
  const listen = (event: KeyboardEvent): void => {
    if (!inbox.isConnected) return document.removeEventListener("keydown", listen, true);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return close();
    if (event.key === "?") {
      event.preventDefault();
      return help();
    }
    if (off() || event.repeat) return;
    const key = event.key.toLowerCase();
    if (!own.includes(key)) return;
    event.preventDefault();
    const target = keyed().find((element) => element.dataset.key === key);
    if (target) press(target);
  };
  document.addEventListener("keydown", listen, true);

  const close = (): void => {
    const menu = inbox.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };

  for (const link of inbox.querySelectorAll<HTMLAnchorElement>("a[data-status]"))
    link.addEventListener("click", (event) => {
      if (!answer || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link.dataset.status ?? "");
    });

  const help = (): void => {
    const rows = keyed().map((element) => {
      const label = element.querySelector("span")?.textContent ?? "";
      return build("div", {}, build("dt", {}, build("kbd", {}, element.dataset.key ?? "")), build("dd", {}, label));
    });
    const dialog = build(
      "dialog",
      { class: "dialog", "aria-labelledby": "inbox-keys" },
      build(
        "form",
        { method: "dialog", class: "stack" },
        build("h2", { id: "inbox-keys" }, text("islands.keys.title")),
        build("dl", { class: "keys" }, ...rows),
        build(
          "div",
          { class: "row" },
          build("button", { class: "btn", autofocus: true }, text("islands.dialog.close")),
        ),
      ),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const button = inbox.querySelector<HTMLElement>("[data-help]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  }
});
