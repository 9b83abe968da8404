// What the server told this page's script: language, who reads, and the
// sentences the islands say.

/** Page is the content of `<script type="application/json" id="page">`. */
export interface Page {
  lang: string;
  signedIn: boolean;
  /** The reader's account, 0 for a visitor. */
  account: number;
  texts: Record<string, string>;
  /** Topics the page listens to, such as "board" or "idea:42". */
  watch: string[];
}

const read = new WeakMap<Element, Page>();
const nothing: Page = { lang: "en", signedIn: false, account: 0, texts: {}, watch: [] };

/** page is what the server told; a page that tells nothing is a visitor's, in English. */
export function page(): Page {
  const script = document.getElementById("page");
  if (!script) return nothing;
  let known = read.get(script);
  if (!known) {
    known = { ...nothing, ...(JSON.parse(script.textContent || "{}") as Partial<Page>) };
    read.set(script, known);
  }
  return known;
}

/** Values fill the `{name}` holes of a sentence; numbers are written as the reader's language does. */
export type Values = Record<string, string | number>;

/** text says a sentence; a key nobody told comes back as itself, so that it shows. */
export function text(key: string, values: Values = {}): string {
  const sentence = page().texts[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

/** plural says the form of a sentence that suits count: `key.one` or `key.other`. */
export function plural(key: string, count: number): string {
  const form = `${key}.${new Intl.PluralRules(page().lang).select(count)}`;
  return text(form in page().texts ? form : `${key}.other`, { count });
}

/** formatNumber writes 2481 as "2,481" or "2.481". */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(page().lang).format(value);
}

/** csrf is the proof that a request comes from this site. */
export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}
