// Shows only the fields that go with the chosen status, and fills the answer
// from a template. Fields that are hidden are not sent.
import { ask } from "../lib/dialog";
import { island } from "../lib/island";
import { text } from "../lib/page";
import { setStory } from "../lib/story";

island<HTMLFormElement>("decision-form", (form) => {
  const status = form.elements.namedItem("status");
  const template = form.elements.namedItem("template");
  if (!(status instanceof HTMLSelectElement)) return;

  const arrange = () => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-when]")) {
      const wanted = part.dataset.when?.split(" ").includes(status.value) ?? false;
      part.hidden = !wanted;
      const fields = part.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
        "input, select, textarea",
      );
      for (const field of fields) field.disabled = !wanted;
    }
  };

  status.addEventListener("change", arrange);
  arrange();

  if (!(template instanceof HTMLSelectElement)) return;
  template.addEventListener("change", async () => {
    const data = template.selectedOptions[0]?.dataset;
    if (!data?.text) return;
    choose(status, data.status);
    arrange();
    choose(form.elements.namedItem("reason"), data.reason);
    const answer = form.elements.namedItem("answer");
    if (!(answer instanceof HTMLTextAreaElement)) return;
    const written = answer.value.trim();
    if (
      written &&
      written !== answer.dataset.template &&
      !(await ask(text("islands.decision.replace"), text("islands.decision.replace_yes")))
    )
      return;
    setStory(answer, data.text);
    answer.dataset.template = answer.value.trim();
  });
});

// A template may name a move that this idea cannot make; then nothing is chosen.
function choose(select: Element | RadioNodeList | null, value: string | undefined): void {
  if (!(select instanceof HTMLSelectElement) || !value) return;
  if ([...select.options].some((option) => option.value === value)) select.value = value;
}
