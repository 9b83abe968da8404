// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** catalogue is what a language's files have for the islands, whatever area they are of. */
const catalogue = (lang: string): Record<string, string> => {
  const folder = new URL(`../../internal/i18n/catalogue/${lang}/`, import.meta.url);
  const all = readdirSync(folder).flatMap((name) =>
    Object.entries<string | Record<string, string>>(JSON.parse(readFileSync(new URL(name, folder), "utf8"))),
  );
  const flat = all.flatMap(([key, text]): [string, string][] =>
    typeof text === "string" ? [[key, text]] : Object.entries(text).map(([form, one]) => [`${key}.${form}`, one]),
  );
  return Object.fromEntries(flat.filter(([key]) => key.startsWith("islands.")));
};

const sources = readdirSync(new URL(".", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
  .join("\n");
const used = new Set(
  [...sources.matchAll(/["`](islands\.[\w.]+)(\$\{)?/g)].map(([, key, open]) => (open ? `${key}*` : key!)),
);

test("every sentence the islands say is in both catalogues", () => {
  for (const lang of ["en", "nl"]) {
    const keys = Object.keys(catalogue(lang));
    const missing = [...used].filter((key) => {
      const start = key.replace(/\*$/, "");
      return !keys.some((known) => known === key || known.startsWith(key.endsWith("*") ? start : `${key}.`));
    });
    expect(missing).toEqual([]);
  }
});

test("no sentence is in the catalogues that nobody says", () => {
  const said = (key: string) =>
    [...used].some((use) =>
      use.endsWith("*") ? key.startsWith(use.slice(0, -1)) : key.replace(/\.(one|other)$/, "") === use || key === use,
    );
  expect(Object.keys(catalogue("en")).filter((key) => !said(key))).toEqual([]);
});

test("both catalogues hold the same sentences with the same holes", () => {
  const holes = (lang: string) =>
    Object.entries(catalogue(lang)).map(([key, text]) => [
      key,
      [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort(),
    ]);
  expect(holes("nl")).toEqual(holes("en"));
});
