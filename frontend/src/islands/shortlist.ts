// Lets the team arrange a shortlist by dragging, or by keys: Enter picks an
// entry up, arrows move it, Enter drops it, Escape puts it back. The buttons up
// and down of each entry work without this.
import { build, say } from "../lib/dom";
import { island } from "../lib/island";
import { csrf, text } from "../lib/page";

island<HTMLOListElement>("shortlist", (list) => {
  const status = document.querySelector("#order-status");
  const action = list.dataset.action ?? "";
  let lifted: HTMLElement | undefined;
  let before: Element[] = [];

  list.after(build("p", { id: "grip-hint", hidden: true }, text("islands.shortlist.help")));
  for (const grip of list.querySelectorAll<HTMLElement>("[data-grip]")) grip.hidden = false;

  const where = (entry: HTMLElement) => ({
    title: entry.dataset.title ?? "",
    place: [...list.children].indexOf(entry) + 1,
    all: list.children.length,
  });

  const lift = (entry: HTMLElement) => {
    lifted = entry;
    before = [...list.children];
    entry.classList.add("lifted");
  };

  // What was picked up stands where it is; told whether that was meant.
  const settle = (meant: boolean) => {
    const entry = lifted;
    if (!entry) return;
    lifted = undefined;
    entry.classList.remove("lifted");
    if (!meant) list.append(...before);
    renumber(list);
    const moved = before.some((element, i) => list.children[i] !== element);
    say(status, text(moved || meant ? "islands.shortlist.dropped" : "islands.shortlist.back", where(entry)));
    if (moved) void send();
  };

  const send = async () => {
    const body = new URLSearchParams({ csrf: csrf() });
    for (const entry of list.querySelectorAll<HTMLElement>("[data-idea]"))
      body.append("order", entry.dataset.idea ?? "");
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(
      () => null,
    );
    if (!answer?.ok) location.reload(); // the server's order is the one that holds
  };

  const step = (entry: HTMLElement, by: number) => {
    const other = by < 0 ? entry.previousElementSibling : entry.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(entry);
    else other.after(entry);
    renumber(list);
    say(status, text("islands.shortlist.moved", where(entry)));
  };

  list.addEventListener("keydown", (event) => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    const entry = grip?.closest<HTMLElement>("[data-idea]");
    if (!grip || !entry) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      if (lifted === entry) settle(true);
      else {
        settle(true);
        lift(entry);
        say(status, text("islands.shortlist.lifted", where(entry)));
      }
    } else if (event.key === "Escape" && lifted) settle(false);
    else if (by && lifted === entry) step(entry, by);
    else return;
    event.preventDefault();
    grip.focus();
  });

  // Whoever goes elsewhere leaves it where it stands. Moving an element takes
  // the focus off it for a moment, so where the focus is counts a moment later.
  list.addEventListener("focusout", () => {
    setTimeout(() => {
      if (lifted && !list.hasAttribute("data-dragging") && !lifted.contains(document.activeElement)) settle(true);
    });
  });

  list.addEventListener("pointerdown", (event) => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    const entry = grip?.closest<HTMLElement>("[data-idea]");
    if (!grip || !entry || event.button !== 0) return;
    settle(true);
    lift(entry);
    list.setAttribute("data-dragging", "");
    event.preventDefault(); // no text is selected on the way
    grip.focus();

    const follow = ({ clientY }: PointerEvent) => {
      for (const other of [...list.children]) {
        if (other === entry) continue;
        const { top, height } = other.getBoundingClientRect();
        const above = entry.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING;
        if (above && clientY < top + height / 2) {
          other.before(entry);
          break;
        }
        if (!above && clientY > top + height / 2) other.after(entry);
      }
      renumber(list);
    };
    const end = (meant: boolean) => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", cancel);
      list.removeAttribute("data-dragging");
      settle(meant);
      grip.focus();
    };
    const drop = () => end(true);
    const cancel = () => end(false);
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", cancel);
  });
});

// The places, and which of the buttons lead somewhere, follow the order.
function renumber(list: HTMLElement): void {
  const entries = [...list.children];
  for (const [i, entry] of entries.entries()) {
    const place = entry.querySelector(".entry-place");
    if (place) place.textContent = String(i + 1);
    for (const button of entry.querySelectorAll<HTMLButtonElement>("[data-steps] button"))
      button.disabled = button.value === "-1" ? i === 0 : i === entries.length - 1;
  }
}
