// The form of a move, in a dialog over the studio's board. It is the one that the
// server draws on a page of its own; what it refuses is said above it, and what was
// typed stays.
import { fetchPage, refusal, sentence } from "../lib/api";
import { build, say } from "../lib/dom";
import { csrf, text } from "../lib/page";

/** Answer is what the server says to a decision. */
interface Answer {
  at?: string;
  next?: string[];
  detail?: string;
  fields?: Record<string, string>;
}

/** Asked is a move that somebody wants to make. */
export interface Asked {
  /** The page with the form. */
  url: string;
  /** A colleague was quicker: the idea is there. */
  moved: (status: string) => void;
}

/** askMove shows the form until the move is made or given up; it tells the new status, or undefined. */
export async function askMove({ url, moved }: Asked): Promise<string | undefined> {
  const content = await load(url);
  if (!content) {
    location.assign(url); // the page itself says what is wrong
    return undefined;
  }
  const dialog = build("dialog", { class: "dialog move-dialog", "aria-labelledby": "move-title" }, content);
  document.body.append(dialog);
  let came: string | undefined;
  const form = content.querySelector<HTMLFormElement>("form");
  dialog.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send(form);
    if (answer === undefined) return;
    came = answer;
    dialog.close();
  });
  async function send(form: HTMLFormElement): Promise<string | undefined> {
    const button = form.querySelector<HTMLButtonElement>("button.red");
    if (button?.getAttribute("aria-busy")) return undefined;
    button?.setAttribute("aria-busy", "true");
    try {
      const { ok, said } = await post(form);
      if (ok) return said.at;
      refuse(form, said);
      if (said.at && said.at !== (form.elements.namedItem("seen") as HTMLInputElement).value) {
        moved(said.at);
        elsewhere(form, said);
      }
    } catch (error) {
      refuse(form, { detail: sentence(error) });
    } finally {
      button?.removeAttribute("aria-busy");
    }
    return undefined;
  }
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(came);
    });
    dialog.showModal();
    form?.querySelector<HTMLElement>("select")?.focus();
  });
}

async function load(url: string): Promise<HTMLElement | undefined> {
  const page = await fetchPage(url, [409]).catch(() => undefined);
  const panel = page?.querySelector<HTMLElement>("#move");
  if (!panel) return undefined;
  const content = document.importNode(panel, true);
  content.classList.remove("panel");
  if (!content.querySelector("[data-close]")) {
    content.append(build("button", { class: "btn", type: "button", "data-close": true }, text("islands.dialog.close")));
  }
  return content;
}

async function post(form: HTMLFormElement): Promise<{ ok: boolean; said: Answer }> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRF-Token": csrf() },
    credentials: "same-origin",
  });
  const content = await answer.text();
  const type = answer.headers.get("Content-Type");
  if (!type?.includes("json")) throw refusal(answer.status, type, answer.headers.get("Retry-After"), content);
  return { ok: answer.ok, said: JSON.parse(content) as Answer };
}

/** refuse says above the form what is wrong, and marks the fields. */
function refuse(form: HTMLFormElement, { detail = "", fields = {} }: Answer): void {
  let note = form.querySelector<HTMLElement>(".error-summary");
  if (!note) {
    note = build("div", { class: "error-summary", role: "alert", tabindex: "-1" });
    form.prepend(note);
  }
  const remedies = Object.entries(fields);
  note.replaceChildren(build("p", {}, remedies.length > 0 ? remedies.map(([, remedy]) => remedy).join(" ") : detail));
  for (const field of form.querySelectorAll<HTMLElement>("[name]")) {
    if (fields[field.getAttribute("name") ?? ""]) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  note.focus();
}

/** elsewhere has the form go on from where the idea is now. */
function elsewhere(form: HTMLFormElement, { at = "", next = [] }: Answer): void {
  (form.elements.namedItem("seen") as HTMLInputElement).value = at;
  const status = form.elements.namedItem("status") as HTMLSelectElement;
  for (const option of [...status.options]) if (!next.includes(option.value)) option.remove();
  status.dispatchEvent(new Event("change"));
  const button = form.querySelector<HTMLButtonElement>("button.red");
  if (button) button.hidden = status.options.length === 0;
  const badge = form.closest("dialog")?.querySelector(".status");
  if (badge) badge.className = `status ${at}`;
  say(badge, text(`status.${at}`));
}
