// Shows only the fields that go with the chosen status, and fills the answer
// from a template. Fields that are hidden are not sent.
import { ask } from "../lib/dialog";
import { build } from "../lib/dom";
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

  form.querySelector("[data-plain]")?.remove(); // the server need not fill in the template
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
    const filled = fill(data.text, JSON.parse(form.dataset.known ?? "{}"));
    setStory(answer, filled);
    askFields(form.querySelector("[data-fields]"), filled);
    answer.dataset.template = answer.value.trim();
  });
});

const field = /\{([a-z][a-z0-9_]{0,29})\}/g;

/** fill puts what is known of the idea in the place of a template's fields, as words. */
function fill(body: string, known: Record<string, string>): string {
  return body.replace(field, (written, name: string) => (known[name] ? escaped(known[name]) : written));
}

function escaped(words: string): string {
  const letters: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  return words.replace(/[&<>"']/g, (letter) => letters[letter] ?? letter);
}

/** askFields makes an input for each field that is left; the server fills them in. */
function askFields(box: HTMLElement | null, body: string): void {
  const names = [...new Set([...body.matchAll(field)].map(([, name]) => name ?? ""))];
  if (!box) return;
  box.hidden = names.length === 0;
  box.querySelector(".fields")?.replaceChildren(
    ...names.map((name) => {
      const input = build("input", { id: `f-field_${name}`, name: `field_${name}`, type: "text", autocomplete: "off" });
      return build("div", { class: "field" }, build("label", { for: input.id }, name), input);
    }),
  );
}

// A template may name a move that this idea cannot make; then nothing is chosen.
function choose(select: Element | RadioNodeList | null, value: string | undefined): void {
  if (!(select instanceof HTMLSelectElement) || !value) return;
  if ([...select.options].some((option) => option.value === value)) select.value = value;
}
