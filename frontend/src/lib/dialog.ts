// Questions in a dialog. The browser keeps the focus inside and gives it back.
import { build } from "./dom";
import { text } from "./page";

/** ask shows a question and answers whether it was affirmed. */
export async function ask(question: string, yes: string): Promise<boolean> {
  return (await open(question, yes)) !== null;
}

/** Field describes the one line that askFor wants. */
export interface Field {
  label: string;
  value: string;
  yes: string;
  type?: "text" | "url";
  hint?: string;
  max?: number;
}

/** askFor asks for a line of text; null when the person thought better of it. */
export function askFor({ label, value, yes, type = "text", hint, max }: Field): Promise<string | null> {
  const input = build("input", {
    id: "dialog-field",
    type: "text",
    maxlength: max,
    autofocus: true,
    autocomplete: "off",
  });
  if (type === "url") input.inputMode = "url";
  input.value = value;
  const parts: Node[] = hint ? [build("p", { class: "hint", id: "dialog-hint" }, hint), input] : [input];
  if (hint) input.setAttribute("aria-describedby", "dialog-hint");
  return open(label, yes, parts, input);
}

function open(words: string, yes: string, parts: Node[] = [], input?: HTMLInputElement): Promise<string | null> {
  const title = input
    ? build("label", { id: "dialog-title", for: input.id }, words)
    : build("p", { id: "dialog-title" }, words);
  const no = build("button", { class: "btn", type: "button", autofocus: !input }, text("islands.dialog.no"));
  const form = build(
    "form",
    { method: "dialog", class: "stack" },
    title,
    ...parts,
    build("div", { class: "row" }, build("button", { class: "btn red", value: "yes" }, yes), no),
  );
  const dialog = build("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);
  no.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? (input?.value ?? "") : null);
    });
    dialog.showModal();
  });
}
