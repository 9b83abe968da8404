// Builds nodes, since the page's policy forbids markup in strings.

type Attributes = Record<string, string | number | boolean | undefined>;

/** build makes an element with attributes and children; false and undefined leave an attribute out. */
export function build<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** icon draws a symbol of the sprite, for the eye only. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/assets/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** say shows a sentence in a note, or hides the note when there is none. */
export function say(note: Element | null | undefined, sentence: string): void {
  if (!(note instanceof HTMLElement)) return;
  if (note.textContent !== sentence) note.textContent = sentence;
  note.hidden = sentence === "";
}

/** debounce runs act once, wait milliseconds after the last call; `now` runs a waiting one at once. */
export function debounce(act: () => void, wait: number): { (): void; now(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = () => {
    stop();
    act();
  };
  return Object.assign(
    () => {
      stop();
      timer = setTimeout(run, wait);
    },
    { now: () => timer !== undefined && run(), stop },
  );
}
