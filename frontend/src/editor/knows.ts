// What the editor can hold. A story brought in from elsewhere may have more (a
// table, code); opening it would lose that, so it stays in its textarea.
const held = new Set(
  "html head body p br h2 h3 strong b em i s del strike a img ul ol li blockquote div span".split(" "),
);

/** knows reports whether the editor keeps everything in html. */
export function knows(html: string): boolean {
  const found = html.matchAll(/<([a-z][a-z0-9-]*)/gi);
  return [...found].every(([, name]) => held.has(name!.toLowerCase()));
}
