// Offers what the search would find while somebody types in the box of the bar:
// a combobox with a list, by the ARIA authoring practices. The server draws the
// list, marks and all; without it the box is a plain form.
import { build, debounce } from "../lib/dom";
import { island } from "../lib/island";

const least = 2;
const pause = 180;

island("search", (box) => {
  const input = box.querySelector<HTMLInputElement>('input[type="search"]');
  const address = box.dataset.suggest;
  if (!input || !address) return;

  const says = build("p", { class: "sr", role: "status" });
  const place = build("div", { class: "suggest-place", hidden: true });
  box.append(place, says);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "search-list",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
  })) {
    input.setAttribute(name, value);
  }

  let request: XMLHttpRequest | undefined;
  let shown = ""; // what the list answers
  const options = () => [...place.querySelectorAll<HTMLElement>('[role="option"]')];
  const chosen = () => place.querySelector<HTMLElement>('[aria-selected="true"]');

  const close = (): void => {
    request?.abort();
    place.hidden = true;
    says.textContent = "";
    input.setAttribute("aria-expanded", "false");
    choose(null);
  };

  const choose = (option: HTMLElement | null): void => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (page: Document, typed: string): void => {
    const list = page.querySelector<HTMLElement>("#search-list");
    if (!list || document.activeElement !== input) return;
    place.replaceChildren(document.importNode(list, true));
    options().forEach((option, n) => {
      option.id = `search-option-${n}`;
    });
    shown = typed;
    place.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    says.textContent = list.dataset.say ?? "";
  };

  const ask = (): void => {
    const typed = input.value.trim();
    request?.abort();
    if (typed.length < least) return close();
    if (typed === shown && !place.hidden) return;
    const mine = new XMLHttpRequest();
    request = mine;
    mine.open("GET", `${address}?q=${encodeURIComponent(typed)}`);
    mine.responseType = "document";
    mine.onload = () => {
      if (mine === request && mine.status === 200 && mine.responseXML) show(mine.responseXML, typed);
    };
    mine.send();
  };

  const soon = debounce(ask, pause);

  const go = (option: HTMLElement): void => {
    if (option.dataset.href) location.assign(option.dataset.href);
  };

  const walk = (step: number): void => {
    const all = options();
    const here = chosen();
    if (all.length === 0) return;
    if (!here) return choose(all[step > 0 ? 0 : all.length - 1] ?? null);
    choose(all[all.indexOf(here) + step] ?? null); // past either end the words in the box are meant
  };

  input.addEventListener("input", () => {
    choose(null);
    soon();
  });
  input.addEventListener("focus", () => {
    if (input.value.trim().length >= least && input.value !== input.defaultValue) soon();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (place.hidden) return ask();
      return walk(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Enter") {
      const option = place.hidden ? null : chosen();
      soon.stop();
      if (!option) return;
      event.preventDefault();
      return go(option);
    }
    if (event.key === "Escape" && !place.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  place.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  place.addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
    if (option) go(option);
  });
  input.addEventListener("blur", () => {
    soon.stop();
    close();
  });
  addEventListener("pageshow", close);
  if (document.activeElement === input && input.value !== input.defaultValue) soon(); // typed while this was fetched
});
