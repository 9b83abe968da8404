// Offers people while somebody types @ in a comment, in the plain field and in
// the editor. The server finds the handles itself; this only saves looking them up.
import { get } from "../lib/api";
import { build, debounce } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";

interface Person {
  handle: string;
  name: string;
}

const shape = /(?:^|[^\p{L}\p{N}@._+/-])@([a-z0-9-]{1,39})$/iu;

island("talk-mentions", (field) => {
  const area = field.querySelector("textarea");
  if (!area) return;
  const list = build("div", {
    class: "mentions row",
    role: "group",
    "aria-label": text("islands.talk.mentions"),
    hidden: true,
  });
  field.append(list);
  let asked = "";

  /** begun is what stands between the last @ and the caret, in whichever of the two is written in. */
  const begun = (): string => {
    const selection = getSelection();
    const node = selection?.anchorNode;
    if (area.hidden && node instanceof Text && field.contains(node)) {
      return shape.exec(node.data.slice(0, selection?.anchorOffset))?.[1] ?? "";
    }
    return area.hidden ? "" : (shape.exec(area.value.slice(0, area.selectionStart))?.[1] ?? "");
  };

  const hide = (): void => {
    list.hidden = true;
    list.replaceChildren();
  };

  const ask = debounce(async () => {
    const typed = begun();
    asked = typed;
    if (!typed) return hide();
    try {
      const found = await get<Person[]>(
        `/comments/handles?idea=${Number(field.dataset.idea)}&q=${encodeURIComponent(typed)}`,
      );
      if (asked !== typed) return;
      list.replaceChildren(...found.map((person) => choice(person, typed)));
      list.hidden = found.length === 0;
    } catch {
      hide(); // a visitor, or no network: nothing is lost
    }
  }, 150);

  function choice({ handle, name }: Person, typed: string): HTMLButtonElement {
    const button = build("button", { type: "button", class: "chip" }, `${name} @${handle}`);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
    button.addEventListener("click", () => {
      put(handle, typed);
      hide();
    });
    return button;
  }

  function put(handle: string, typed: string): void {
    if (!area) return;
    if (!area.hidden) {
      const at = area.selectionStart;
      const gap = /^\s/.test(area.value.slice(at)) ? "" : " ";
      area.setRangeText(handle + gap, at - typed.length, at, "end");
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const selection = getSelection();
    const node = selection?.anchorNode;
    if (!selection || !(node instanceof Text) || !field.contains(node)) return;
    const end = selection.anchorOffset;
    selection.setBaseAndExtent(node, end - typed.length, node, end);
    document.execCommand("insertText", false, `${handle} `);
  }

  area.addEventListener("input", ask);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation(); // the list is closed by it, and no more
      hide();
    }
  });
});
