// Looks over a page with axe, in the colours and widths people have.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const all: RunOptions = { runOnly: { type: "tag", values: standard }, resultTypes: ["violations"] };
// Colours do not depend on the language, and cost axe more than all else.
const words: RunOptions = {
  ...all,
  rules: { "color-contrast": { enabled: false }, "link-in-text-block": { enabled: false } },
};

/** Each width in one of the colours: what depends on either is seen in both. */
const looks = [
  { width: "desktop", size: { width: 1280, height: 900 }, colorScheme: "light" },
  { width: "phone", size: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** violations gives what axe finds on the page as it stands; the debugger brings axe in, past the page's policy. */
export async function violations(page: Page, options = all): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const results = await page.evaluate(
    (given) => (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(" ")} ${any.map(({ message }) => message).join("; ")}`.trim()),
  );
}

/**
 * everywhere gives what axe finds at desktop width in light and at phone width in
 * dark. Where a page was looked at so in one language, it is enough in the other
 * to look at its words, on a phone, where they are tight.
 */
export async function everywhere(page: Page): Promise<string[]> {
  const found: string[] = [];
  const again = (await page.evaluate(() => document.documentElement.lang)) !== "en";
  for (const { width, size, colorScheme } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (!again || width === "phone") {
      found.push(
        ...(await violations(page, again ? words : all)).map((violation) => `${width}, ${colorScheme}: ${violation}`),
      );
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wider > 0) found.push(`${width}: the page is ${wider} px wider than the screen`);
  }
  return found;
}
