// The fields of an idea's form that hold what a person wrote.
import type { Fields } from "./draft";
import { setStory } from "./story";

const names = ["title", "story", "topic", "tags"];

/** readFields reads what stands in the form now. */
export function readFields(form: HTMLFormElement): Fields {
  const value = (name: string): string => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
      ? field.value
      : "";
  };
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

/** drawnFields reads what the server drew, whatever has been typed since. */
export function drawnFields(form: HTMLFormElement): Fields {
  const drawn = (name: string): string => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement) {
      return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
    }
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.defaultValue : "";
  };
  return Object.fromEntries(names.map((name) => [name, drawn(name)]));
}

/** difference is what in fields is not as in from. */
export const difference = (fields: Fields, from: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (from[name] ?? "")));

/** writeFields puts fields into the form, and into the editor where it is open. */
export function writeFields(form: HTMLFormElement, fields: Fields): void {
  for (const name of names) {
    const field = form.elements.namedItem(name);
    const value = fields[name] ?? "";
    if (field instanceof HTMLTextAreaElement) setStory(field, value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
}
