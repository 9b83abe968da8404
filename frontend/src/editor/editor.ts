// The editor for stories and answers: Tiptap with the parts a story may have.
// It stands before a textarea, which it hides and keeps in step, so that the
// form, autosave and the server never know the difference.
import { Editor, type Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Image } from "@tiptap/extension-image";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Text } from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import { build } from "../lib/dom";
import { toHtml } from "../lib/story";
import { images } from "./images";
import { knows } from "./knows";
import { toolbar } from "./toolbar";
import { trust } from "./trusted";

const parts: Extensions = [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Bold,
  Italic,
  Strike,
  Heading.configure({ levels: [2, 3] }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Blockquote,
  Image,
  UndoRedo,
  Link.configure({
    openOnClick: false,
    defaultProtocol: "https",
    protocols: ["http", "https", "mailto"],
    isAllowedUri: (url) => /^(https?:\/\/|mailto:)/i.test(url ?? ""),
    HTMLAttributes: { target: null, rel: null, class: null },
  }),
];

/**
 * open puts an editor in place of a focused textarea. It declines, and answers
 * false, when the story holds something the editor would lose.
 */
export function open(textarea: HTMLTextAreaElement): boolean {
  trust();
  const story = toHtml(textarea.value);
  if (!knows(story)) return false;
  const focused = document.activeElement === textarea;
  const caret = textarea.selectionStart === textarea.value.length ? "end" : "start";

  const page = build("div", { class: "editor-page" });
  const frame = build("div", { class: "editor" }, page);
  textarea.before(frame);
  const editor: Editor = new Editor({
    element: page,
    extensions: parts,
    content: story,
    injectCSS: false,
    editorProps: { attributes: attributes(textarea), ...images(() => editor, frame) },
    onUpdate: () => sync(editor, textarea),
  });
  frame.prepend(toolbar(editor));

  textarea.hidden = true;
  textarea.required = false; // a hidden field cannot say so; the server does
  labelOf(textarea)?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("story-set", () => editor.commands.setContent(toHtml(textarea.value)));
  if (focused) editor.commands.focus(caret);
  return true;
}

function sync(editor: Editor, textarea: HTMLTextAreaElement): void {
  textarea.value = editor.isEmpty ? "" : editor.getHTML();
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

const labelOf = (textarea: HTMLTextAreaElement) => textarea.labels?.[0];

function attributes(textarea: HTMLTextAreaElement): Record<string, string> {
  const given: Record<string, string> = { role: "textbox", "aria-multiline": "true", class: "prose" };
  const label = labelOf(textarea);
  if (label) {
    label.id ||= `${textarea.id}-label`;
    given["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    const value = textarea.getAttribute(name);
    if (value) given[name] = value;
  }
  if (textarea.required) given["aria-required"] = "true";
  return given;
}
