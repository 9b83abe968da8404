// The studio's board: tickets are dragged from lane to lane, or picked up and
// moved by the arrow keys. Both only open the form that the ticket's menu leads to;
// the server decides. What colleagues move, moves here too.
import { fetchPage } from "../lib/api";
import { build, debounce, say } from "../lib/dom";
import { island } from "../lib/island";
import { formatNumber, text } from "../lib/page";
import { askMove } from "./lanes-move";
import type { Moves } from "./live-tally";

const soon = 400;

island("lanes", (board) => {
  const said = build("p", { class: "sr", role: "status" });
  board.after(said);
  let held: HTMLElement | undefined; // being dragged, or picked up by the keyboard
  let over: HTMLElement | undefined; // the lane it would go to
  let stale = false;

  const lanes = () => [...board.querySelectorAll<HTMLElement>(".lane")];
  const laneOf = (ticket: Element) => ticket.closest<HTMLElement>(".lane");
  const laneFor = (status: string) => lanes().find((lane) => words(lane.dataset.statuses).includes(status));
  const ticketOf = (idea: number) => board.querySelector<HTMLElement>(`#ticket-${idea}`);
  const nameOf = (lane: Element | null | undefined) => lane?.querySelector("h2")?.textContent ?? "";
  const titleOf = (ticket: Element) => ticket.querySelector("h3")?.textContent?.trim() ?? "";

  /** ways are the statuses of a lane that a ticket may get. */
  const ways = (ticket: HTMLElement, lane: HTMLElement) => {
    const next = words(ticket.dataset.next);
    return words(lane.dataset.statuses).filter((status) => next.includes(status));
  };

  for (const help of document.querySelectorAll<HTMLElement>("[data-with-script]")) help.hidden = false;
  for (const ticket of board.querySelectorAll<HTMLElement>(".ticket")) enhance(ticket);

  function hold(ticket: HTMLElement): void {
    held = ticket;
    ticket.classList.add("held");
    board.classList.add("moving");
    for (const lane of lanes()) {
      lane.classList.toggle("may", ways(ticket, lane).length > 0);
    }
  }

  function hover(lane: HTMLElement | undefined): void {
    over?.classList.remove("over");
    over = lane;
    lane?.classList.add("over");
  }

  function letGo(): void {
    held?.classList.remove("held");
    held?.querySelector(".grab")?.setAttribute("aria-pressed", "false");
    held = undefined;
    hover(undefined);
    board.classList.remove("moving");
    for (const lane of lanes()) lane.classList.remove("may");
    if (stale) void refresh();
  }

  /** move asks for what a move needs and, once it is done, puts the ticket where it is. */
  async function move(ticket: HTMLElement, to: string[]): Promise<void> {
    const { ticket: idea = "", at = "" } = ticket.dataset;
    const title = titleOf(ticket);
    const back = board.dataset.back ?? location.pathname;
    const came = await askMove({
      url: `/studio/move/${idea}?${new URLSearchParams({ to: to.join(","), seen: at, back })}`,
      moved: (status) => place(Number(idea), status),
    });
    if (came) {
      const lane = laneFor(came);
      say(said, text("islands.lanes.moved", { title, lane: nameOf(lane) }));
      place(Number(idea), came);
    }
    const there = ticketOf(Number(idea));
    const handle = there?.querySelector<HTMLElement>(".grab") ?? there?.querySelector<HTMLElement>("h3 a");
    handle?.focus({ preventScroll: true });
    later();
  }

  /** place puts a ticket into the lane of its status, at once; the rest is brought by refresh. */
  function place(idea: number, status: string): void {
    const ticket = ticketOf(idea);
    if (!ticket || ticket === held || ticket.dataset.at === status) return;
    const [from, to] = [laneOf(ticket), laneFor(status)];
    ticket.dataset.at = status;
    if (!to || from === to) return;
    count(from, -1);
    count(to, 1);
    to.querySelector(".tickets")?.prepend(ticket);
    ticket.classList.add("landed");
  }

  function count(lane: HTMLElement | null, by: number): void {
    const shown = lane?.querySelector<HTMLElement>(".lane-count");
    if (!shown) return;
    const n = Math.max(0, Number(shown.dataset.count) + by);
    shown.dataset.count = String(n);
    shown.textContent = formatNumber(n);
  }

  /** refresh draws the lanes as the server has them now, but for what is in somebody's hand. */
  async function refresh(): Promise<void> {
    if (!board.isConnected) return;
    stale = held !== undefined;
    if (stale || document.querySelector("dialog[open]")) {
      stale = true;
      return;
    }
    const fresh = await fetchPage(location.href).catch(() => undefined);
    const drawn = fresh?.querySelector(".lanes");
    if (!drawn || held) return;
    const known = new Set(lanes().map((lane) => lane.id));
    const coming = [...drawn.querySelectorAll<HTMLElement>(".lane")];
    if (coming.some((lane) => !known.has(lane.id))) {
      board.replaceChildren(...coming.map((lane) => document.importNode(lane, true)));
      for (const ticket of board.querySelectorAll<HTMLElement>(".ticket")) enhance(ticket);
      return;
    }
    const focus = document.activeElement; // what moves to another place loses it
    for (const lane of lanes()) {
      const now = drawn.querySelector<HTMLElement>(`#${lane.id}`);
      if (now) redraw(lane, now);
    }
    if (focus instanceof HTMLElement && board.contains(focus)) focus.focus({ preventScroll: true });
  }

  function redraw(lane: HTMLElement, now: HTMLElement): void {
    const list = lane.querySelector(".tickets");
    if (!list) return;
    for (const part of [".lane-count", ".lane-more"]) {
      const [here, there] = [lane.querySelector(part), now.querySelector(part)];
      if (here && there) here.replaceWith(document.importNode(there, true));
      else if (there) lane.append(document.importNode(there, true));
      else here?.remove();
    }
    let before: Element | null = null;
    const wanted = [...now.querySelectorAll<HTMLElement>(".ticket")];
    for (const drawn of wanted) {
      const ticket = renewed(drawn);
      const place: Element | null = before ? before.nextElementSibling : list.firstElementChild;
      if (ticket !== place) list.insertBefore(ticket, place);
      before = ticket;
    }
    const ids = new Set(wanted.map(({ id }) => id));
    for (const ticket of [...list.children]) if (!ids.has(ticket.id)) ticket.remove();
  }

  /** renewed is the ticket as the server draws it; the one that is here where nothing differs or somebody is at it. */
  function renewed(drawn: HTMLElement): HTMLElement {
    const here = board.querySelector<HTMLElement>(`#${drawn.id}`);
    const ticket = document.importNode(drawn, true);
    enhance(ticket);
    if (!here) return ticket;
    const busy = here.contains(document.activeElement) || here.querySelector("details[open]");
    if (!busy && here.outerHTML !== ticket.outerHTML) here.replaceWith(ticket);
    return busy || here.isConnected ? here : ticket;
  }

  const later = debounce(() => void refresh(), soon);

  document.addEventListener("moves", (event) => {
    for (const { idea, status } of (event as Moves).detail) place(idea, status);
    later();
  });
  document.addEventListener("new-ideas", later);

  board.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-move]");
    const ticket = link?.closest<HTMLElement>(".ticket");
    if (!link || !ticket || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ticket.querySelector("details")?.removeAttribute("open");
    void move(ticket, [link.dataset.move ?? ""]);
  });

  board.addEventListener("dragstart", (event) => {
    const ticket = (event.target as Element).closest<HTMLElement>(".ticket");
    if (!ticket?.draggable) return;
    event.dataTransfer?.setData("text/plain", titleOf(ticket));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    hold(ticket);
  });
  board.addEventListener("dragover", (event) => {
    const lane = (event.target as Element).closest<HTMLElement>(".lane") ?? undefined;
    const may = held && lane && ways(held, lane).length > 0;
    if (may) event.preventDefault();
    if (lane !== over) hover(may ? lane : undefined);
  });
  board.addEventListener("drop", (event) => {
    const lane = (event.target as Element).closest<HTMLElement>(".lane");
    if (!held || !lane) return;
    event.preventDefault();
    const [ticket, to] = [held, ways(held, lane)];
    letGo();
    if (to.length > 0) void move(ticket, to);
  });
  board.addEventListener("dragend", () => letGo());

  board.addEventListener("keydown", (event) => {
    const grab = (event.target as Element).closest<HTMLElement>(".grab");
    const ticket = grab?.closest<HTMLElement>(".ticket");
    if (!grab || !ticket) return;
    const { key } = event;
    if (held !== ticket) {
      if (key !== " " && key !== "Enter") return;
      event.preventDefault();
      pick(grab, ticket);
    } else if (key === "Escape") {
      event.preventDefault();
      letGo();
      say(said, text("islands.lanes.cancelled"));
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      event.preventDefault();
      step(ticket, key === "ArrowRight" ? 1 : -1);
    } else if (key === " " || key === "Enter") {
      event.preventDefault();
      const to = over ? ways(ticket, over) : [];
      letGo();
      if (to.length > 0) void move(ticket, to);
      else say(said, text("islands.lanes.cancelled"));
    }
  });
  // A click that the keyboard did not make picks up as well: a screen reader's.
  board.addEventListener("click", (event) => {
    const grab = (event.target as Element).closest<HTMLElement>(".grab");
    const ticket = grab?.closest<HTMLElement>(".ticket");
    if (grab && ticket && held !== ticket) pick(grab, ticket);
  });
  board.addEventListener("focusout", (event) => {
    if (held && (event.target as Element).closest(".grab") && held.contains(event.target as Node)) letGo();
  });

  function pick(grab: HTMLElement, ticket: HTMLElement): void {
    if (words(ticket.dataset.next).length === 0) return say(said, text("islands.lanes.nowhere"));
    hold(ticket);
    grab.setAttribute("aria-pressed", "true");
    say(said, text("islands.lanes.grabbed", { title: titleOf(ticket), lane: nameOf(laneOf(ticket)) }));
  }

  /** step goes to the next lane that takes the ticket, its own among them. */
  function step(ticket: HTMLElement, by: number): void {
    const own = laneOf(ticket);
    const open = lanes().filter((lane) => lane === own || ways(ticket, lane).length > 0);
    const at = open.findIndex((lane) => lane === (over ?? own));
    const lane = open[Math.min(Math.max(at + by, 0), open.length - 1)];
    hover(lane === own ? undefined : lane);
    lane?.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(said, text("islands.lanes.over", { lane: nameOf(lane) }));
  }
});

const words = (list: string | undefined) => (list ?? "").split(" ").filter(Boolean);

/** enhance gives a ticket what only script can use. */
function enhance(ticket: HTMLElement): void {
  const movable = words(ticket.dataset.next).length > 0;
  ticket.draggable = movable;
  for (const inside of ticket.querySelectorAll<HTMLElement>("a, img")) inside.draggable = false;
  const grab = ticket.querySelector<HTMLElement>(".grab");
  if (grab) grab.hidden = false;
}
