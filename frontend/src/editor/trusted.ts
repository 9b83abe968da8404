// The one place where a string becomes markup in the browser.
//
// The page's policy is `require-trusted-types-for 'script'; trusted-types
// default`: a string that reaches an HTML parser is refused unless a policy
// named "default" turns it into a TrustedHTML. The editor parses HTML in three
// places: Tiptap reads a story with DOMParser, ProseMirror reads the clipboard
// with innerHTML on a detached document (it takes the default policy when there
// is one), and purify below. So that policy is made here, in the lazily loaded
// editor chunk, and no page without an open editor has it.
//
// A default policy serves every sink of the page, so it must be safe for every
// sink, not only for those three. It therefore never passes a string on. The
// string is parsed once into an inert document (no scripts run there, nothing
// loads), the tree is rebuilt from an allow-list of elements and attributes, and
// what comes out is the serialisation of that. The list has no element whose
// content is read as anything but HTML (no svg, math, style, template, noscript
// or form), so what a second parser makes of it is the same tree. There is no
// createScript and no createScriptURL: those sinks stay shut.
//
// The server cleans the story again on arrival; nothing relies on this alone.

const empty = new Set(["br", "hr", "img"]);
const plain = new Set(
  `p br hr h2 h3 h4 div blockquote pre strong b em i u s del ins sub sup mark small kbd samp code
   ul ol li dl dt dd figure figcaption table thead tbody tfoot tr td th a img`.split(/\s+/),
);
// Other elements give way to what they hold; these go with all of it.
const whole = new Set(
  `script style template noscript iframe object embed svg math head title textarea select option button input
   xmp noembed noframes plaintext meta link base frame frameset audio video canvas dialog`.split(/\s+/),
);
const attributes: Record<string, Record<string, RegExp>> = {
  a: { href: /^(https?:\/\/|mailto:)[^\s]+$/i },
  img: { src: /^\/media\/[\w./-]+$/, alt: /^/, title: /^/, width: /^\d{1,4}$/, height: /^\d{1,4}$/ },
  ol: { start: /^\d{1,5}$/ },
  td: { colspan: /^\d\d?$/, rowspan: /^\d\d?$/ },
  th: { colspan: /^\d\d?$/, rowspan: /^\d\d?$/ },
};
// ProseMirror's own note on a copied slice: how deep it was cut.
const slice = "data-pm-slice";
const deepest = 100;

let parsing = false;

/** purify gives the HTML of html's allowed part. */
export function purify(html: string): string {
  const body = inert(html);
  const clean = body.ownerDocument.createElement("div");
  for (const child of body.childNodes) copy(child, clean, 0);
  return clean.innerHTML;
}

/** inert parses html into a document where nothing runs and nothing loads. */
function inert(html: string): HTMLElement {
  parsing = true; // lets this one call through the policy below, which called us
  try {
    return new DOMParser().parseFromString(mute(html), "text/html").body;
  } finally {
    parsing = false;
  }
}

// Renames what the page's policy would refuse even here, and report, on every
// paste from a word processor. The allow-list drops it either way.
function mute(html: string): string {
  return html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)(\s*=\s*["'])/gi, " data-$1$2"));
}

function copy(from: Node, to: Element, depth: number): void {
  if (from.nodeType === Node.TEXT_NODE) {
    to.append(from.textContent ?? "");
    return;
  }
  if (!(from.nodeType === Node.ELEMENT_NODE) || depth > deepest) return;
  const source = from as Element;
  const name = source.localName;
  if (whole.has(name)) return;
  const into = plain.has(name) && !unweighted(source) ? shell(source, name) : undefined;
  if (name === "img" && !into?.hasAttribute("src")) return;
  let place = to;
  for (const element of [into, ...marks(source)]) {
    if (!element) continue;
    place.append(element);
    place = element;
  }
  if (empty.has(name)) return;
  for (const child of source.childNodes) copy(child, place, depth + 1);
}

function shell(source: Element, name: string): Element {
  const element = source.ownerDocument.createElement(name);
  const allowed = { ...attributes[name], [slice]: /^[\w\s[\]{}",:.-]*$/ };
  for (const [attribute, values] of Object.entries(allowed)) {
    const value = source.getAttribute(attribute);
    if (value !== null && values.test(value)) element.setAttribute(attribute, value);
  }
  return element;
}

// Word processors say bold and italic in styles, which are dropped: Google Docs
// wraps everything in <b style="font-weight:normal">, and emphasises with spans.
const style = (source: Element) => source.getAttribute("data-style") ?? source.getAttribute("style") ?? "";
const unweighted = (source: Element) =>
  /^(b|strong)$/.test(source.localName) && /font-weight:\s*(normal|400)/.test(style(source));

function marks(source: Element): Element[] {
  if (source.localName !== "span") return [];
  const found: Element[] = [];
  if (/font-weight:\s*(bold|[6-9]00)/.test(style(source))) found.push(source.ownerDocument.createElement("strong"));
  if (/font-style:\s*italic/.test(style(source))) found.push(source.ownerDocument.createElement("em"));
  return found;
}

interface Factory {
  defaultPolicy: object | null;
  createPolicy(name: string, rules: { createHTML(html: string): string }): object;
}

/** trust makes the default policy, once, where the browser knows of such things. */
export function trust(): void {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (!factory || factory.defaultPolicy) return;
  factory.createPolicy("default", { createHTML: (html) => (parsing ? html : purify(html)) });
}
