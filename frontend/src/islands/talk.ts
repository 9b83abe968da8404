// The talk about an idea: forms that answer in place, threads that lengthen, and
// new comments that wait behind a button until somebody asks for them. Each of
// these is a link or a form that works without this script.
import { fetchPage } from "../lib/api";
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { plural, text } from "../lib/page";
import { submit } from "../lib/pages";
import type { Talk } from "./live-tally";
import { bring, still } from "./talk-arrivals";
import { keepWords } from "./talk-words";

island("talk", (talk) => {
  const pill = talk.querySelector<HTMLElement>("[data-talk-pill]");
  const words = talk.querySelector<HTMLElement>("[data-talk-words]");
  const status = talk.querySelector<HTMLElement>("[data-talk-status]");
  const idea = Number(talk.dataset.idea);
  let known = Number(talk.dataset.count);
  let newest = Number(talk.dataset.newest);
  let latest = known;
  let first: HTMLElement | undefined;

  for (const form of talk.querySelectorAll<HTMLFormElement>("[data-comment-form]")) keepWords(form, idea);

  function offer(): void {
    const fresh = latest - known;
    if (!pill || !words || first) return;
    pill.hidden = fresh <= 0;
    if (fresh > 0) words.textContent = plural("islands.talk.new", fresh);
  }

  document.addEventListener("talk", (event) => {
    const told = (event as Talk).detail.find((one) => one.idea === idea);
    if (!told) return;
    latest = told.count;
    if (latest < known) known = latest; // something was taken away
    first = undefined;
    offer();
  });

  pill?.querySelector("button")?.addEventListener("click", async () => {
    if (first) {
      first.focus();
      first.scrollIntoView({ block: "center" });
      first = undefined;
      pill.hidden = true;
      return;
    }
    try {
      const part = await fetchPage(`${talk.dataset.part}?since=${newest}`);
      const arrived = part.querySelector<HTMLElement>("#arrived");
      if (!arrived) throw new Error("nothing arrived");
      const added = still(talk, () => bring(talk, arrived));
      newest = Math.max(newest, Number(arrived.dataset.newest));
      known = Number(arrived.dataset.count);
      latest = Math.max(latest, known);
      first = added[0];
      say(status, plural("islands.talk.in", added.length));
      if (words) words.textContent = text("islands.talk.first");
      pill.hidden = !first;
    } catch {
      location.reload();
    }
  });

  talk.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link) return;
    const here = document.getElementById(link.dataset.commentLink ?? "");
    if (link.dataset.reply && answer(talk, link, idea)) event.preventDefault();
    else if (link.dataset.talkMore || link.dataset.moreReplies) {
      event.preventDefault();
      void lengthen(talk, link);
    } else if (here) {
      event.preventDefault();
      here.scrollIntoView({ block: "center" });
      here.focus({ preventScroll: true });
    }
  });

  talk.addEventListener("submit", async (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches("[data-comment-form], [data-thank]")) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await submit(form, (event as SubmitEvent).submitter);
      if (form.matches("[data-thank]")) redraw(form, answer.page, answer.status);
      else settle(form, answer.page, answer.status, answer.url);
    } catch {
      HTMLFormElement.prototype.submit.call(form); // the browser's own way says what is the matter
    } finally {
      form.removeAttribute("aria-busy");
    }
  });

  /** settle puts what was said in its place, or says what is wrong with it. */
  function settle(form: HTMLFormElement, page: Document, code: number, url: string): void {
    if (code === 422) {
      const again = page.querySelector<HTMLElement>("[data-comment-form]:has([aria-invalid])");
      if (!again) throw new Error("no form came back");
      const shown = document.importNode(again, true);
      form.replaceWith(shown);
      shown.querySelector("textarea")?.focus();
      return;
    }
    const thread = page.querySelector<HTMLElement>("#threads > .thread");
    if (code >= 300 || !thread) {
      if (code < 300) return location.assign(url); // to sign in, with the words
      throw new Error(`answer ${code}`);
    }
    const before = new Set([...talk.querySelectorAll(".comment")].map(({ id }) => id));
    const fresh = document.importNode(thread, true);
    const old = document.getElementById(thread.id);
    if (old) old.replaceWith(fresh);
    else talk.querySelector("#threads")?.prepend(fresh);
    if (form.isConnected) form.reset();
    const field = form.querySelector("textarea");
    if (field) {
      field.value = "";
      field.dispatchEvent(new Event("story-set"));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const mine = [...fresh.querySelectorAll<HTMLElement>(".comment")].filter(({ id }) => !before.has(id));
    known += mine.length;
    latest = Math.max(latest, known);
    const last = mine.at(-1);
    last?.classList.add("arrived");
    last?.scrollIntoView({ block: "nearest" });
    last?.focus({ preventScroll: true });
    say(status, page.querySelector(".flash")?.textContent?.trim() ?? "");
    offer();
  }

  /** redraw shows a comment as it is after thanks. */
  function redraw(form: HTMLFormElement, page: Document, code: number): void {
    const old = form.closest<HTMLElement>(".comment");
    const fresh = old && page.getElementById(old.id);
    if (code >= 300 || !old || !fresh) throw new Error(`answer ${code}`);
    const shown = document.importNode(fresh, true);
    old.replaceWith(shown);
    shown.querySelector<HTMLElement>(".thanked, .thank summary")?.focus({ preventScroll: true });
    say(status, page.querySelector(".flash")?.textContent?.trim() ?? "");
  }
});

/** answer opens the form below a comment; false where there is none to copy. */
function answer(talk: HTMLElement, link: HTMLAnchorElement, idea: number): boolean {
  const template = talk.querySelector<HTMLTemplateElement>("template[data-reply-form]");
  const comment = link.closest(".comment");
  if (!template || !comment) return false;
  const open = talk.querySelector<HTMLFormElement>(".answering");
  if (open?.previousElementSibling === comment) {
    open.querySelector("textarea")?.focus();
    return true;
  }
  open?.remove();
  const form = document.importNode(template.content, true).querySelector<HTMLFormElement>("form");
  const to = form?.querySelector<HTMLInputElement>('[name="answers"]');
  if (!form || !to) return false;
  to.value = link.dataset.reply ?? "";
  const close = () => {
    form.remove();
    link.focus();
  };
  form.querySelector("[data-cancel]")?.addEventListener("click", close);
  form.addEventListener("keydown", (event) => event.key === "Escape" && close()); // the editor calls every Escape its own
  comment.after(form);
  keepWords(form, idea);
  form.querySelector("textarea")?.focus();
  return true;
}

/** lengthen adds the next threads, or shows all the replies of one. */
async function lengthen(talk: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  if (link.hasAttribute("aria-busy")) return;
  link.setAttribute("aria-busy", "true");
  try {
    const part = await fetchPage(link.dataset.talkMore ?? link.dataset.moreReplies ?? link.href);
    const found = [...part.querySelectorAll<HTMLElement>("#threads > .thread")];
    const threads = found.map((thread) => document.importNode(thread, true));
    let target: HTMLElement | null | undefined;
    if (link.dataset.moreReplies) {
      const old = link.closest(".thread");
      const shown = old?.querySelectorAll(".reply").length ?? 0;
      const more = part.querySelector(".more");
      if (!old || !threads[0] || more) throw new Error("a page of its own");
      old.replaceWith(threads[0]);
      target = threads[0].querySelectorAll<HTMLElement>(".reply .comment")[shown];
    } else {
      const fresh = threads.filter(({ id }) => !document.getElementById(id));
      talk.querySelector("#threads")?.append(...fresh);
      target = fresh[0]?.querySelector<HTMLElement>(".comment");
      const onward = part.querySelector<HTMLAnchorElement>("[data-talk-more]");
      const place = link.closest(".more");
      if (onward?.parentElement) place?.replaceWith(document.importNode(onward.parentElement, true));
      else place?.remove();
    }
    target?.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
}
