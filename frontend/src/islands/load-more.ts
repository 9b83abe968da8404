// Lengthens a list in place. The link stays a link: with a modifier key, or
// when something fails, it goes where it says.
import { fetchPage } from "../lib/api";
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { plural, text } from "../lib/page";

island<HTMLAnchorElement>("load-more", (link) => {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    const into = link.dataset.into ?? "";
    const list = find(document, into);
    if (!list) return;
    event.preventDefault();
    if (link.hasAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    const label = link.textContent;
    link.textContent = text("islands.more.loading");
    try {
      const next = await fetchPage(link.href);
      const items = find(next, into)?.children ?? [];
      const known = new Set([...list.children].map((item) => item.id).filter(Boolean));
      const added = [...items].filter((item) => !known.has(item.id)).map((item) => document.importNode(item, true));
      list.append(...added);
      goOn(link, next, label);
      focusFirst(added);
      announce(added.length);
    } catch {
      location.assign(link.href);
    }
  });
});

const find = (root: Document, into: string) => root.querySelector(/^[\w-]+$/.test(into) ? `#${into}` : into);

function goOn(link: HTMLAnchorElement, next: Document, label: string | null): void {
  const onward = next.querySelector<HTMLAnchorElement>('[data-island~="load-more"]')?.getAttribute("href");
  link.removeAttribute("aria-busy");
  link.textContent = label;
  if (onward) link.setAttribute("href", onward);
  else (link.closest(".more") ?? link).remove();
}

// Whoever came by keyboard goes on where the new ones begin.
function focusFirst(added: Element[]): void {
  for (const item of added) {
    const target = item.querySelector<HTMLElement>("h2 a, h3 a, a, button");
    if (target) return target.focus({ preventScroll: true });
  }
}

function announce(count: number): void {
  let status = document.querySelector("#more-status");
  if (!status) {
    status = document.createElement("p");
    status.id = "more-status";
    status.className = "sr";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  say(status, plural("islands.more.added", count));
}
