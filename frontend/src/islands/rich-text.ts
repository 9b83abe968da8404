// Puts the editor in place of a textarea once somebody goes there. Until then,
// and whenever the editor cannot come, the textarea is the field.
import { build } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";

island("rich-text", (box) => {
  const textarea = box instanceof HTMLTextAreaElement ? box : box.querySelector("textarea");
  if (!textarea) return;
  let begun = false;

  const begin = async () => {
    if (begun) return;
    begun = true;
    try {
      const { open } = await import("../editor/editor");
      if (open(textarea)) return;
      textarea.before(build("p", { class: "hint" }, text("islands.editor.too_rich")));
    } catch (error) {
      reportError(error);
    }
  };

  textarea.addEventListener("focus", begin);
  if (document.activeElement === textarea) void begin();
});
