// Takes over the form drawn by views/score_box.templ: one click casts. The arrow
// keys walk through the scores, so what they choose is cast when they rest; the
// keys 1 to 5 cast at once. Without script, and for a visitor, the form's button
// sends the choice.
import { addCameFrom, buyBox, type Choice, none, note, settling } from "../lib/ballot";
import { debounce, say } from "../lib/dom";
import { island } from "../lib/island";
import { page, text } from "../lib/page";

const rest = 700;

island<HTMLFormElement>("score-box", (form) => {
  const options = [...form.querySelectorAll<HTMLInputElement>('input[name="score"]')];
  const retract = form.querySelector<HTMLButtonElement>("[data-retract]");
  const chosen = () => Number(options.find(({ checked }) => checked)?.value ?? 0);

  const read = (): Choice => ({ on: chosen() > 0, score: chosen(), wouldBuy: buyBox(form)?.checked ?? false });
  const paint = ({ score, wouldBuy }: Choice): void => {
    for (const option of options) option.checked = Number(option.value) === score;
    const box = buyBox(form);
    if (box) box.checked = wouldBuy;
  };
  const mine = Number(form.dataset.mine ?? 0);
  const settle = settling({ form, read, paint }, { on: mine > 0, score: mine, wouldBuy: mine > 0 && read().wouldBuy });

  // Unseen it stays, so that Enter in a field does not press the button after it.
  const button = form.querySelector<HTMLElement>(".when-still");
  const still = (on: boolean) => {
    if (button) button.hidden = !on;
  };
  still(!page().signedIn);
  document.addEventListener("signed-out", () => still(true));

  async function cast(choice: Choice): Promise<void> {
    walking.stop();
    if (!(await settle(choice))) return;
    const { on, score } = read();
    if (retract) {
      if (!on && document.activeElement === retract) options[0]?.focus(); // it goes from under the finger
      retract.hidden = !on;
    }
    say(note(form), on ? text("islands.score.cast", { score }) : text("islands.score.taken_back"));
  }

  let byArrow = false;
  const walking = debounce(() => void cast(read()), rest);

  form.addEventListener("pointerdown", () => {
    byArrow = false;
  });
  form.addEventListener("keydown", (event) => {
    byArrow = event.key.startsWith("Arrow");
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-5]$/.test(event.key)) return;
    event.preventDefault();
    const option = options[Number(event.key) - 1]!;
    option.checked = true;
    option.focus();
    if (page().signedIn) void cast(read());
  });
  form.addEventListener("focusout", () => walking.now());

  form.addEventListener("change", () => {
    if (!page().signedIn) return;
    const now = read();
    if (!now.on) say(note(form), now.wouldBuy ? text("islands.vote.goes_along") : "");
    else if (byArrow) walking();
    else void cast(now);
  });

  form.addEventListener("submit", (event) => {
    if (!page().signedIn) return addCameFrom(form);
    event.preventDefault();
    if (read().on) void cast(read());
  });
  retract?.addEventListener("click", (event) => {
    if (!page().signedIn) return;
    event.preventDefault();
    void cast(none);
  });
});
