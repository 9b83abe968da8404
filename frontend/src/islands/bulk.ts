// Ticks in the studio's list: how many there are, and all at once. And a line that
// says so where what was asked for takes longer than a moment.
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { plural } from "../lib/page";

const patience = 2_000;

island<HTMLFormElement>("bulk-pick", (form) => {
  const boxes = () => [...form.querySelectorAll<HTMLInputElement>("input[name=idea]")];
  const all = form.querySelector<HTMLInputElement>("[data-all]");
  const note = form.querySelector("[data-picked]");
  for (const part of form.querySelectorAll<HTMLElement>("[data-with-script]")) part.hidden = false;

  function tell(): void {
    const picked = boxes().filter((box) => box.checked).length;
    say(note, picked > 0 ? plural("islands.lanes.picked", picked) : "");
    if (all) {
      all.checked = picked > 0 && picked === boxes().length;
      all.indeterminate = picked > 0 && !all.checked;
    }
  }
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all?.checked ?? false;
    tell();
  });
  tell();
});

island<HTMLFormElement>("bulk-do", (form) => {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
    const working = form.querySelector<HTMLElement>("[data-working]");
    if (working) setTimeout(() => (working.hidden = false), patience);
  });
});
