// What every browser test starts from. Tests import `test` and `expect` from
// here: a page that breaks its own security policy or throws fails its test.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export { expect };

/** test gives each test a watched page. */
export const test = base.extend<{ watched: undefined }>({
  watched: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(`script failed: ${error.message}`));
      page.on("console", (message) => {
        if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text())) faults.push(message.text());
      });
      await use(undefined);
      expect(faults, "the page broke its policy or failed").toEqual([]);
    },
    { auto: true },
  ],
});

/** violations runs axe over a page; the browser's debugger brings it in, past the page's policy. */
export async function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    (given) => (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

let people = 0;

/** Person is somebody to sign up. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** somebody makes up a person nobody has been yet. */
export function somebody(name = "Noor"): Person {
  const mark = `${process.pid.toString(36)}${Date.now().toString(36)}${people++}`;
  return { name: `${name} ${mark}`, email: `${name.toLowerCase()}-${mark}@example.org`, password: `board ${mark} key` };
}

/** signUp makes an account through the API; its session is the page's from then on. */
export async function signUp(page: Page, person = somebody()): Promise<Person> {
  await page.goto("/");
  const token = await page.locator('meta[name="csrf"]').getAttribute("content");
  const answer = await page.request.post("/api/v1/accounts", {
    data: { email: person.email, password: person.password, name: person.name },
    headers: { "X-CSRF-Token": token ?? "", Origin: new URL(page.url()).origin },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return person;
}
