// The share sheet: copying, and the device's own sheet where there is one. Its
// links and fields work without.
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";

island("share", (sheet) => {
  const url = new URL(sheet.dataset.url || location.href, location.href).href;
  const title = sheet.dataset.title || document.title;
  const said = sheet.querySelector("[data-said]");

  for (const button of sheet.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy ?? "") as HTMLInputElement | HTMLTextAreaElement | null;
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        if (said) say(said, text("islands.share.copied"));
      } catch {
        field.focus(); // to be copied by hand
        field.select();
      }
    });
  }

  const native = sheet.querySelector<HTMLElement>("[data-native]");
  if (native && typeof navigator.share === "function") {
    native.hidden = false;
    native.querySelector("button")?.addEventListener("click", () => {
      navigator.share({ title, url }).catch(() => undefined); // thought better of it
    });
  }

  // A sheet that opens over the page closes like a menu.
  const details = sheet.closest<HTMLDetailsElement>("details.share-sheet");
  if (!details) return;
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (details.open && !details.contains(event.target as Node)) details.open = false;
  });
});
