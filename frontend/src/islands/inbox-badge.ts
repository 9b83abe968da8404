// The badge beside the bell: how much in the reader's inbox is unread. The inbox
// itself says that there is something new, and moves nothing.
import { formatNumber } from "../lib/page";

let known: number | undefined;

/** showUnread writes what the server counted. */
export function showUnread(unread: number): void {
  for (const badge of document.querySelectorAll<HTMLElement>("[data-inbox]")) {
    badge.textContent = formatNumber(unread);
    badge.hidden = unread === 0;
  }
  const more = known !== undefined && unread > known;
  known = unread;
  for (const fresh of document.querySelectorAll<HTMLElement>('[data-island="inbox-fresh"]')) {
    if (more) fresh.hidden = false;
  }
}
