// Which page elsewhere led here, so that a crowd sent from one place can be
// seen. Only its host is kept, and only as long as the tab.
const key = "came-from";

/** land notes where this visit came from, if it came from elsewhere. */
export function land(referrer = document.referrer, home = location.hostname): void {
  try {
    const host = new URL(referrer).hostname;
    if (host && host !== home) sessionStorage.setItem(key, host);
  } catch {
    // No referrer, or nowhere to keep it.
  }
}

/** cameFrom is the host that led here, or nothing. */
export function cameFrom(): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
