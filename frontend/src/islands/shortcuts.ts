// Keys for those who like them: / n j k v ?, and g with a letter to go
// somewhere. They are ignored while typing and with a modifier, and can be
// switched off in the help dialog.
const setting = "shortcuts";

/** places are where a letter after g leads. */
const places: Record<string, string> = { h: "/", c: "/challenges", m: "/made", p: "/people", i: "/inbox", y: "/mine" };
const patience = 1500;
let began = Number.NEGATIVE_INFINITY; // when g was pressed

/** startShortcuts listens for the keys. */
export function startShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && free(event)) return act(event, () => void help());
    if (!forUs(event)) return;
    const place = performance.now() - began < patience ? places[event.key] : undefined;
    began = event.key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
    if (place) return act(event, () => location.assign(place));
    const run = { "/": search, n: propose, j: () => go(1), k: () => go(-1), v: vote }[event.key];
    if (run) act(event, run);
  });
}

/** forUs reports whether a key may mean something to the page: nobody types, and the keys are on. */
export const forUs = (event: KeyboardEvent) => free(event) && !off();

const free = (event: KeyboardEvent) =>
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !typing(event.target) &&
  !document.querySelector("dialog[open]");

function act(event: Event, run: () => void): void {
  event.preventDefault();
  run();
}

/** off reports whether this browser's owner switched the keys off. */
export function off(): boolean {
  try {
    return localStorage.getItem(setting) === "off";
  } catch {
    return false;
  }
}

/** switchKeys turns the keys on or off, but for the one that opens the help. */
export function switchKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(setting);
    else localStorage.setItem(setting, "off");
  } catch {
    // Without storage they stay on.
  }
}

/** typing reports whether the keyboard is in something one writes in. */
export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [role="textbox"]'));

function search(): void {
  const field = document.querySelector<HTMLInputElement>('input[type="search"]');
  field?.focus();
  field?.select();
}

function propose(): void {
  location.assign(document.querySelector<HTMLAnchorElement>('a[href="/ideas/new"]')?.href ?? "/ideas/new");
}

const cards = () => [...document.querySelectorAll<HTMLElement>("li.idea, li.hit")];
const current = () => document.activeElement?.closest<HTMLElement>("li.idea, li.hit");

function go(step: 1 | -1): void {
  const all = cards();
  const here = current();
  const next = here ? all[all.indexOf(here) + step] : all[step > 0 ? 0 : all.length - 1];
  const link = next?.querySelector<HTMLElement>("h3 a, h2 a, a");
  link?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function vote(): void {
  const place = current() ?? document.querySelector(".vote-panel");
  place?.querySelector<HTMLButtonElement>(".vote-form button[aria-pressed]")?.click();
  place?.querySelector<HTMLInputElement>(".score-form input:checked, .score-form input")?.focus();
}

async function help(): Promise<void> {
  const { showHelp } = await import("./shortcuts-help");
  showHelp();
}
