// Takes over the form drawn by views/vote_box.templ, so that voting does not reload
// the page. Whenever it cannot help, the plain form still can: for a visitor,
// whose choice the server keeps until they have signed in, and without network.
//
// The button moves at once; the number only when the server says what it is.
import { addCameFrom, buyBox, type Choice, note, settling } from "../lib/ballot";
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { page, text } from "../lib/page";

island<HTMLFormElement>("vote-box", (form) => {
  const button = form.querySelector<HTMLButtonElement>("button[aria-pressed]");
  if (!button) return;
  form.querySelector(".when-still")?.remove(); // the tick beside the vote is stored at once

  const read = (): Choice => ({
    on: button.getAttribute("aria-pressed") === "true",
    score: 0,
    wouldBuy: buyBox(form)?.checked ?? false,
  });
  const paint = ({ on, wouldBuy }: Choice): void => {
    button.setAttribute("aria-pressed", String(on));
    button.value = on ? "retract" : "cast";
    const box = buyBox(form);
    if (box) box.checked = wouldBuy;
  };
  const settle = settling({ form, read, paint }, read());

  form.addEventListener("submit", (event) => {
    if (!page().signedIn) return addCameFrom(form);
    event.preventDefault();
    const now = read();
    void settle({ ...now, on: !now.on });
  });

  form.addEventListener("change", () => {
    if (!page().signedIn) return;
    const now = read();
    if (now.on) void settle(now);
    else say(note(form), now.wouldBuy ? text("islands.vote.goes_along") : "");
  });
});
