// Which page elsewhere led here, so that a crowd sent from one place can be
// seen, or whose link did. Only its host or that link's code is kept, and only as
// long as the tab.
const key = "came-from";

/**
 * land notes where this visit came from, if it came from elsewhere. The code of
 * a member's link counts before the site that the link stood on.
 */
export function land(referrer = document.referrer, home = location.hostname, query = location.search): void {
  try {
    const code = new URLSearchParams(query).get("via") ?? "";
    if (/^[a-km-np-z2-9]{12}$/.test(code)) return sessionStorage.setItem(key, `share:${code}`);
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
