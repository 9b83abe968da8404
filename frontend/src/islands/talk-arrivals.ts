// Puts new comments where they belong, without moving what is being read.

/** still runs a change and keeps what stands at the top of the window where it is, until what came has settled. */
export function still<T>(talk: HTMLElement, change: () => T): T {
  const read = [...talk.querySelectorAll<HTMLElement>(".comment")].find(
    (comment) => comment.getBoundingClientRect().bottom > 80,
  );
  const before = read?.getBoundingClientRect().top ?? 0;
  const result = change();
  if (!read || before > innerHeight) return result;
  const hold = (): void => {
    const moved = read.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
  };
  hold();
  // Islands wake up in what came, and a picture may get its size.
  const settling = new ResizeObserver(hold);
  settling.observe(talk);
  setTimeout(() => settling.disconnect(), 1000);
  return result;
}

/** bring puts each new comment in its place and gives those that were not there yet. */
export function bring(talk: HTMLElement, arrived: HTMLElement): HTMLElement[] {
  const added: HTMLElement[] = [];
  for (const item of [...arrived.children]) {
    const id = item.querySelector(".comment")?.id ?? "";
    if (document.getElementById(id)) continue;
    const shown = document.importNode(item, true) as HTMLElement;
    place(talk, shown);
    const comment = shown.querySelector<HTMLElement>(".comment");
    if (comment) added.push(comment);
  }
  return added;
}

function place(talk: HTMLElement, item: HTMLElement): void {
  const replies = talk.querySelector<HTMLElement>(`[data-replies="${Number(item.dataset.thread)}"]`);
  if (!replies) {
    item.classList.replace("reply", "thread"); // its thread is further down, on a page not shown yet
    talk.querySelector("#threads")?.prepend(item);
    return;
  }
  replies.hidden = false;
  const parent = document.getElementById(`comment-${Number(item.dataset.parent)}`)?.closest<HTMLElement>(".reply");
  let after: Element | null = parent?.parentElement === replies ? parent : null;
  while (after?.nextElementSibling?.matches(".reply.deep")) after = after.nextElementSibling;
  if (after) after.after(item);
  else replies.append(item);
}
