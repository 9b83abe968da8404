// Looks over a page with axe, in the colours and widths people have.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const all: RunOptions = { runOnly: { type: "tag", values: standard }, resultTypes: ["violations"] };
// What else axe asks does not depend on the colours.
const colours: RunOptions = { runOnly: ["color-contrast", "link-in-text-block"], resultTypes: ["violations"] };

const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

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
 * everywhere gives what axe finds at phone and desktop width, in light and in
 * dark. Colours do not depend on the language: where a page was looked at so in
 * one, it is enough in the other to look once, on a phone, where words are tight.
 */
export async function everywhere(page: Page): Promise<string[]> {
  const found: string[] = [];
  const again = (await page.evaluate(() => document.documentElement.lang)) !== "en";
  for (const [width, size] of Object.entries(widths)) {
    await page.setViewportSize(size);
    for (const colorScheme of again ? [] : (["light", "dark"] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const here = await violations(page, colorScheme === "light" ? all : colours);
      found.push(...here.map((violation) => `${width}, ${colorScheme}: ${violation}`));
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wider > 0) found.push(`${width}: the page is ${wider} px wider than the screen`);
  }
  if (again) found.push(...(await violations(page)).map((violation) => `phone: ${violation}`));
  return found;
}
