// Offers colleagues while somebody types @ in a private note. The server finds
// the handles itself; this only saves looking them up.
import { build } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";

interface Colleague {
  handle: string;
  name: string;
}

const most = 6;

island("mentions", (field) => {
  const area = field.querySelector("textarea");
  if (!area) return;
  const team = JSON.parse(field.dataset.team ?? "[]") as Colleague[];
  const list = build("div", {
    class: "mentions row",
    role: "group",
    "aria-label": text("islands.mentions"),
    hidden: true,
  });
  area.after(list);

  /** begun is what stands between the last @ and the caret; null where none does. */
  const begun = (): string | null => {
    const before = area.value.slice(0, area.selectionStart);
    return /(?:^|[^\p{L}\p{N}@._+-])@([a-z0-9-]*)$/iu.exec(before)?.[1]?.toLowerCase() ?? null;
  };

  const offer = (): void => {
    const typed = begun();
    const found =
      typed === null
        ? []
        : team.filter(({ handle, name }) => handle.startsWith(typed) || name.toLowerCase().startsWith(typed));
    list.hidden = found.length === 0;
    list.replaceChildren(
      ...found.slice(0, most).map((colleague) => {
        const button = build("button", { type: "button", class: "chip" }, `${colleague.name} @${colleague.handle}`);
        button.addEventListener("click", () => choose(typed ?? "", colleague.handle));
        return button;
      }),
    );
  };

  const choose = (typed: string, handle: string): void => {
    const at = area.selectionStart;
    area.setRangeText(`${handle} `, at - typed.length, at, "end");
    area.focus();
    offer();
  };

  area.addEventListener("input", offer);
});
