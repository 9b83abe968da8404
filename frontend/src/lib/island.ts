// An island is a piece of script that takes over markup the server drew. The
// markup keeps working without it.

type Start = (element: HTMLElement) => void;

interface Watcher {
  selector: string;
  start: Start;
  seen: WeakSet<Element>;
}

const watchers: Watcher[] = [];

/** island runs start for every element with `data-island="name"`, now and when one is added later. */
export function island<E extends HTMLElement = HTMLElement>(name: string, start: (element: E) => void): void {
  each(`[data-island~="${name}"]`, start as Start);
}

/**
 * each runs start once for every element that matches, those here once the
 * running script is through and those that come later. Not at once: a module
 * calls this on its way down, before the constants below the call are there.
 */
export function each(selector: string, start: Start): void {
  const watcher = { selector, start, seen: new WeakSet<Element>() };
  if (watchers.push(watcher) === 1) observe();
  queueMicrotask(() => wake(document, [watcher]));
}

function observe(): void {
  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes) if (node instanceof HTMLElement) wake(node, watchers);
    }
  }).observe(document, { childList: true, subtree: true });
}

function wake(root: HTMLElement | Document, whom: Watcher[]): void {
  for (const { selector, start, seen } of whom) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      try {
        start(element);
      } catch (error) {
        reportError(error); // one island that fails must not stop the others
      }
    }
  }
}
