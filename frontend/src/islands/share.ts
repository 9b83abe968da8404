// Shares an address: the device's own sheet where there is one, else the
// clipboard. Without either, the address is shown to be copied by hand.
import { build, say } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";

island<HTMLButtonElement>("share", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = new URL(button.dataset.url || location.href, location.href).href;
    const title = button.dataset.title || document.title;
    try {
      if (navigator.share) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      tell(button, text("islands.share.copied"));
    } catch (error) {
      if ((error as Error).name !== "AbortError") showAddress(button, url);
    }
  });
});

function tell(button: HTMLElement, words: string): void {
  let note = button.parentElement?.querySelector("[data-share-note]");
  if (!note) {
    note = build("span", { "data-share-note": true, class: "hint", role: "status" });
    button.after(note);
  }
  say(note, words);
}

function showAddress(button: HTMLElement, url: string): void {
  const known = button.parentElement?.querySelector<HTMLInputElement>("input[data-share-url]");
  const field =
    known ?? build("input", { "data-share-url": true, readonly: true, "aria-label": text("islands.share.address") });
  field.value = url;
  if (!known) button.after(field);
  field.focus();
  field.select();
}
