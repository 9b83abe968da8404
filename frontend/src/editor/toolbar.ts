// The editor's buttons: one stop for the Tab key, arrows between them.
import type { ChainedCommands, Editor } from "@tiptap/core";
import { askFor } from "../lib/dialog";
import { build, icon } from "../lib/dom";
import { text } from "../lib/page";
import { describe, pick } from "./images";

interface Tool {
  name: string; // of its sentence, islands.editor.<name>
  icon: string;
  run: (editor: Editor, frame: HTMLElement) => unknown;
  on?: (editor: Editor) => boolean; // for what can be on or off
  can?: (editor: Editor) => boolean;
}

const chain = (act: (chain: ChainedCommands) => ChainedCommands) => (editor: Editor) =>
  act(editor.chain().focus()).run();
const active =
  (name: string, attributes = {}) =>
  (editor: Editor) =>
    editor.isActive(name, attributes);

const tools: Tool[] = [
  { name: "bold", icon: "bold", run: chain((c) => c.toggleBold()), on: active("bold") },
  { name: "italic", icon: "italic", run: chain((c) => c.toggleItalic()), on: active("italic") },
  { name: "strike", icon: "strikethrough", run: chain((c) => c.toggleStrike()), on: active("strike") },
  {
    name: "heading2",
    icon: "heading-2",
    run: chain((c) => c.toggleHeading({ level: 2 })),
    on: active("heading", { level: 2 }),
  },
  {
    name: "heading3",
    icon: "heading-3",
    run: chain((c) => c.toggleHeading({ level: 3 })),
    on: active("heading", { level: 3 }),
  },
  { name: "link", icon: "link", run: link, on: active("link") },
  { name: "bullets", icon: "list", run: chain((c) => c.toggleBulletList()), on: active("bulletList") },
  { name: "numbers", icon: "list-ordered", run: chain((c) => c.toggleOrderedList()), on: active("orderedList") },
  { name: "quote", icon: "quote", run: chain((c) => c.toggleBlockquote()), on: active("blockquote") },
  { name: "image", icon: "image-plus", run: pick },
  { name: "describe", icon: "pencil", run: describe, can: active("image") },
  { name: "undo", icon: "undo-2", run: chain((c) => c.undo()), can: (e) => e.can().undo() },
  { name: "redo", icon: "redo-2", run: chain((c) => c.redo()), can: (e) => e.can().redo() },
];

/** toolbar draws the buttons and keeps them true to the selection. */
export function toolbar(editor: Editor): HTMLElement {
  const bar = build("div", { class: "editor-tools", role: "toolbar", "aria-label": text("islands.editor.tools") });
  const buttons = tools.map((tool) => {
    const label = text(`islands.editor.${tool.name}`);
    const button = build(
      "button",
      { type: "button", "aria-label": label, title: label, tabindex: -1 },
      icon(tool.icon),
    );
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") tool.run(editor, bar.parentElement!);
    });
    // A press must not take the caret out of the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    return button;
  });
  buttons[0]!.tabIndex = 0;
  bar.append(...buttons);

  const paint = () =>
    tools.forEach((tool, i) => {
      if (tool.on) buttons[i]!.setAttribute("aria-pressed", String(tool.on(editor)));
      if (tool.can) buttons[i]!.setAttribute("aria-disabled", String(!tool.can(editor)));
    });
  editor.on("transaction", paint);
  paint();

  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[at]!.tabIndex = -1;
    buttons[to]!.tabIndex = 0;
    buttons[to]!.focus();
  });
  return bar;
}

// An empty address takes the link away.
async function link(editor: Editor): Promise<void> {
  const given = await askFor({
    label: text("islands.editor.address"),
    hint: text("islands.editor.address_hint"),
    yes: text("islands.editor.address_yes"),
    value: String(editor.getAttributes("link").href ?? ""),
    type: "url",
  });
  if (given === null) return;
  const selected = editor.chain().focus().extendMarkRange("link");
  const href = address(given);
  if (!href) {
    selected.unsetLink().run();
  } else if (editor.state.selection.empty && !editor.isActive("link")) {
    editor
      .chain()
      .focus()
      .insertContent({ type: "text", text: given.trim(), marks: [{ type: "link", attrs: { href } }] })
      .run();
  } else selected.setLink({ href }).run();
}

/** address completes what a person types as a link: a host gets https, a mailbox mailto. */
export function address(given: string): string {
  const typed = given.trim();
  if (typed === "" || /^(https?:\/\/|mailto:)/i.test(typed)) return typed;
  return /^[^\s/@]+@[^\s/@]+$/.test(typed) ? `mailto:${typed}` : `https://${typed}`;
}
