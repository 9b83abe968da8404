// Uploads pictures as they are picked, dropped or pasted, and keeps their list:
// order, cover, what they show. Without script the form sends the files itself.
import { sentence, upload } from "../lib/api";
import { build, icon, say } from "../lib/dom";
import { island } from "../lib/island";
import { page, plural, text } from "../lib/page";
import { field, type Kept, readPictures } from "../lib/pictures";

island<HTMLFieldSetElement>("pictures", (box) => {
  const list = box.querySelector<HTMLElement>("[data-pictures]");
  const template = box.querySelector<HTMLTemplateElement>("template[data-picture-template]");
  const input = box.querySelector<HTMLInputElement>('input[type="file"]');
  if (!list || !template || !input || !page().signedIn) return; // a visitor's pictures go with the form
  const note = build("p", { class: "small", role: "status", hidden: true });
  list.after(note);
  const max = Number(box.dataset.max) || 8;
  let queue: Promise<unknown> = Promise.resolve();

  const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));

  function take(files: Iterable<File>): void {
    for (const file of files) {
      if (!file.type.startsWith("image/")) continue;
      if (list!.children.length >= max) return say(note, plural("islands.pictures.most", max));
      const row = add();
      const preview = URL.createObjectURL(file);
      row.querySelector("img")?.setAttribute("src", preview);
      const bar = build("progress", {
        max: 1,
        value: 0,
        "aria-label": text("islands.pictures.uploading", { name: file.name }),
      });
      row.append(bar);
      queue = queue.then(() => send(file, row, bar).finally(() => URL.revokeObjectURL(preview)));
    }
  }

  async function send(file: File, row: HTMLElement, bar: HTMLProgressElement): Promise<void> {
    if (!row.isConnected) return;
    row.setAttribute("aria-busy", "true");
    try {
      const picture = await upload(file, (part) => {
        bar.value = part;
      });
      fill(row, { id: picture.id, url: picture.url, alt: picture.alt, cover: false });
      say(note, text("islands.pictures.added", { name: file.name }));
      changed();
    } catch (error) {
      row.append(build("p", { class: "field-error", role: "alert" }, `${file.name}: ${sentence(error)}`));
    } finally {
      bar.remove();
      row.removeAttribute("aria-busy");
    }
  }

  function add(): HTMLElement {
    const row = template!.content.firstElementChild!.cloneNode(true) as HTMLElement;
    for (const part of row.querySelectorAll<HTMLInputElement>("input")) part.disabled = true; // until it has arrived
    list!.append(row);
    equip(row);
    return row;
  }

  function fill(row: HTMLElement, kept: Kept): void {
    row.dataset.picture = kept.id;
    row.querySelector("img")?.setAttribute("src", kept.url);
    for (const part of row.querySelectorAll<HTMLInputElement>("input")) part.disabled = false;
    for (const part of [field.id(row), field.cover(row), field.remove(row)]) if (part) part.value = kept.id;
    const alt = field.alt(row);
    if (alt) {
      alt.name = `alt_${kept.id}`;
      alt.value ||= kept.alt;
    }
    const cover = field.cover(row);
    if (cover) cover.checked = kept.cover || !list!.querySelector('input[name="cover"]:checked');
  }

  // Buttons take the place of the "remove" tick, which only a sent form acts on.
  function equip(row: HTMLElement): void {
    const tick = field.remove(row);
    const act = (key: string, symbol: string, run: () => void) => {
      const button = build(
        "button",
        { type: "button", class: "btn quiet small", "aria-label": text(key), title: text(key) },
        icon(symbol),
      );
      button.addEventListener("click", run);
      return button;
    };
    const move = (step: -1 | 1) => (event?: Event) => {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (step < 0) other.before(row);
      else other.after(row);
      (event?.currentTarget as HTMLElement | undefined)?.focus();
      const position = [...list!.children].indexOf(row) + 1;
      say(note, text("islands.pictures.moved", { position, count: list!.children.length }));
      changed();
    };
    const buttons = build("span", { class: "row" });
    const earlier = act("islands.pictures.earlier", "arrow-up", () => {});
    earlier.addEventListener("click", move(-1));
    const later = act("islands.pictures.later", "arrow-down", () => {});
    later.addEventListener("click", move(1));
    buttons.append(
      earlier,
      later,
      act("islands.pictures.remove", "trash-2", () => drop(row)),
    );
    const label = tick?.closest("label");
    if (label) {
      label.hidden = true;
      label.after(buttons);
    } else row.append(buttons);
  }

  function drop(row: HTMLElement): void {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    const covered = list!.querySelector('input[name="cover"]:checked:not(:disabled)');
    const first = list!.querySelector<HTMLInputElement>('input[name="cover"]:not(:disabled)');
    if (!covered && first) first.checked = true;
    say(note, text("islands.pictures.removed"));
    (next?.querySelector<HTMLElement>("button") ?? input!).focus();
    changed();
  }

  for (const row of list.children) equip(row as HTMLElement);
  const picked = () => {
    take(input.files ?? []);
    input.value = ""; // they are uploaded; the form need not send them again
  };
  input.addEventListener("change", picked);
  if (input.files?.length) picked(); // before this script was here

  const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  box.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    box.classList.add("dragging");
  });
  box.addEventListener("dragleave", () => box.classList.remove("dragging"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("dragging");
    if (!carries(event)) return;
    event.preventDefault();
    take(event.dataTransfer!.files);
  });
  box.closest("form")?.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (event.defaultPrevented || !files?.length) return;
    event.preventDefault();
    take(files);
  });

  box.addEventListener("pictures-restore", (event) => {
    const here = new Set(readPictures(box).map(({ id }) => id));
    for (const kept of (event as CustomEvent<Kept[]>).detail) if (!here.has(kept.id)) fill(add(), kept);
  });
});
