// Keeps what is being written in this browser, so that no expired session,
// refused form or closed tab takes a word away.
import { debounce } from "../lib/dom";
import { Desk } from "../lib/draft";
import { page } from "../lib/page";

/** keepWords brings back what was begun in a comment's form, and keeps what is written. */
export function keepWords(form: HTMLFormElement, idea: number): void {
  const field = form.querySelector<HTMLTextAreaElement>('textarea[name="body"]');
  if (!field) return;
  const answers = form.querySelector<HTMLInputElement>('[name="answers"]')?.value ?? "0";
  const place = `talk:${idea}:${answers}`;
  const desk = new Desk(page().account);
  const base = { body: "" };
  if (new URLSearchParams(location.search).get("flash") === "comment_said") desk.clear(place);
  const copy = field.value === "" ? desk.find(place, base) : undefined;
  if (copy?.fields.body) {
    field.value = copy.fields.body;
    field.dispatchEvent(new Event("story-set"));
  }
  const keep = debounce(() => {
    if (field.value === "") desk.clear(place);
    else desk.put(place, { draft: 0, base, fields: { body: field.value }, pictures: [], saved: false });
  }, 300);
  field.addEventListener("input", keep);
  form.addEventListener("submit", () => keep.now());
  addEventListener("pagehide", () => keep.now());
}
