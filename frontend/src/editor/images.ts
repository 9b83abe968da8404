// Pictures that are pasted, dropped or picked: uploaded first, then shown from
// where the server put them.
import type { Editor } from "@tiptap/core";
import { sentence, upload } from "../lib/api";
import { askFor } from "../lib/dialog";
import { build, say } from "../lib/dom";
import { text } from "../lib/page";

type View = Editor["view"];

/** images makes the paste and drop handlers of the editor in frame. */
export function images(editor: () => Editor, frame: HTMLElement) {
  return {
    handlePaste(_view: View, event: ClipboardEvent): boolean {
      const files = pictures(event.clipboardData);
      // A copied piece of a page carries its text as well; that is what was meant.
      if (files.length === 0 || event.clipboardData?.getData("text/plain")) return false;
      void place(editor(), frame, files);
      return true;
    },
    handleDrop(view: View, event: DragEvent, _slice: unknown, moved: boolean): boolean {
      const files = pictures(event.dataTransfer);
      if (moved || files.length === 0) return false;
      event.preventDefault();
      event.stopPropagation(); // the form's own picture list must not take them too
      void place(editor(), frame, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos);
      return true;
    },
  };
}

/** pick lets the person choose a picture and say what it shows. */
export function pick(editor: Editor, frame: HTMLElement): void {
  const input = build("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif" });
  input.addEventListener("change", () => void place(editor, frame, [...(input.files ?? [])], undefined, true));
  input.click();
}

/** describe asks what the selected picture shows. */
export async function describe(editor: Editor): Promise<void> {
  const alt = await askAlt(String(editor.getAttributes("image").alt ?? ""));
  if (alt !== null) editor.chain().focus().updateAttributes("image", { alt }).run();
}

const askAlt = (value: string) =>
  askFor({
    label: text("islands.editor.alt"),
    hint: text("islands.editor.alt_hint"),
    yes: text("islands.editor.alt_yes"),
    value,
    max: 300,
  });

const pictures = (from: DataTransfer | null) =>
  [...(from?.files ?? [])].filter((file) => file.type.startsWith("image/"));

async function place(editor: Editor, frame: HTMLElement, files: File[], at?: number, asking = false): Promise<void> {
  for (const file of files) {
    say(note(frame), text("islands.pictures.uploading", { name: file.name }));
    frame.setAttribute("aria-busy", "true");
    try {
      const { url, alt } = await upload(file);
      const said = asking ? ((await askAlt(alt)) ?? alt) : alt;
      const node = { type: "image", attrs: { src: url, alt: said } };
      editor
        .chain()
        .focus()
        .insertContentAt(at ?? editor.state.selection.to, node)
        .run();
      say(note(frame), "");
    } catch (error) {
      say(note(frame), sentence(error));
    } finally {
      frame.removeAttribute("aria-busy");
    }
  }
}

function note(frame: HTMLElement): HTMLElement {
  const known = frame.querySelector<HTMLElement>(":scope > [role=status]");
  if (known) return known;
  const made = build("p", { class: "small", role: "status", hidden: true });
  frame.append(made);
  return made;
}
