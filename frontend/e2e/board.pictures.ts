// Takes the pictures: three that the README shows go to docs/pictures, all
// others to test-results/screenshots, to be looked at.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";

const shown = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const looked = fileURLToPath(new URL("../test-results/screenshots/", import.meta.url));
const widths = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const languages = { en: "en-GB", nl: "nl-NL" };

const test = base.extend<{ enter: (options: object, email?: string) => Promise<Page> }>({
  enter: async ({ browser, baseURL, playwright }, use) => {
    const closing: (() => Promise<void>)[] = [];
    await use(async (options, email) => {
      let storageState: Awaited<ReturnType<Awaited<ReturnType<typeof browser.newContext>>["storageState"]>> | undefined;
      if (email) {
        const api = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Origin: baseURL! } });
        const answer = await api.post("/api/v1/session", { data: { email, password: "prosumer-demo" } });
        expect(answer.status(), `sign-in of ${email}: ${await answer.text()}`).toBe(200);
        storageState = await api.storageState();
        await api.dispose();
      }
      const context = await browser.newContext({
        reducedMotion: "reduce",
        ...options,
        ...(storageState && { storageState }),
      });
      closing.push(() => context.close());
      return context.newPage();
    });
    for (const close of closing) await close();
  },
});

/** still waits until a page has everything it shows. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  });
}

/** demo finds what the demo data has to show: people by what they do, and some of its ideas. */
async function demo(page: Page) {
  const read = async <T>(path: string) => (await (await page.request.get(path)).json()) as T;
  type List = { items: { url: string; slug: string; contributor: { handle: string } }[] };
  const top = async (status: string) => (await read<List>(`/api/v1/ideas?order=votes&status=${status}&limit=3`)).items;
  const people = (await read<{ items: { handle: string }[] }>("/api/v1/people")).items.map(({ handle }) => handle);
  const products = await read<List>("/api/v1/products");
  return {
    open: (await top("open"))[0]!,
    declined: (await top("declined"))[0]!,
    adopted: (await top("adopted"))[0]!,
    first: (await read<List>("/api/v1/ideas?order=votes&limit=1")).items[0]!,
    people,
    member: people[0]!,
    product: products.items[0]!.slug,
  };
}

test.beforeAll(() => {
  mkdirSync(shown, { recursive: true });
  mkdirSync(looked, { recursive: true });
});

test.setTimeout(180_000);

test("the pictures of the README", async ({ enter, page }) => {
  const { people, first } = await demo(page);
  let board = page;
  for (const handle of people) {
    board = await enter({ viewport: { width: 1200, height: 750 } }, `${handle}@example.com`);
    await board.goto("/");
    if ((await board.locator("html").getAttribute("lang")) === "en") break; // members read in the language they chose
  }
  await still(board);
  await board.screenshot({ path: `${shown}board.png` });
  const phone = await enter({
    viewport: { width: 390, height: 700 },
    colorScheme: "dark",
    isMobile: true,
    hasTouch: true,
  });
  await phone.goto("/?order=votes");
  await still(phone);
  await phone.screenshot({ path: `${shown}board-dark-phone.png` });
  const dutch = await enter({ viewport: { width: 1200, height: 750 }, locale: "nl-NL" });
  await dutch.goto(first.url);
  await still(dutch);
  await dutch.screenshot({ path: `${shown}idea-nl.png` });
});

for (const [width, viewport] of Object.entries(widths))
  for (const colorScheme of ["light", "dark"] as const)
    for (const [lang, locale] of Object.entries(languages))
      test(`main pages, ${width}, ${colorScheme}, ${lang}`, async ({ enter, page }) => {
        const { member, open, declined, adopted, product } = await demo(page);
        const look = { viewport, colorScheme, locale, ...(width === "phone" && { isMobile: true, hasTouch: true }) };
        const take = async (page: Page, name: string, path: string) => {
          await page.goto(path);
          await still(page);
          await page.screenshot({ path: `${looked}${name}-${width}-${colorScheme}-${lang}.png`, fullPage: true });
        };
        const visitor = await enter(look);
        await take(visitor, "board", "/");
        await take(visitor, "idea", open.url);
        await take(visitor, "declined", declined.url);
        await take(visitor, "adopted", adopted.url);
        await take(visitor, "made", "/made");
        await take(visitor, "product", `/made/${product}`);
        await take(visitor, "people", "/people");
        await take(visitor, "profile", `/people/${adopted.contributor.handle}`);
        await take(visitor, "how", "/how");
        await take(visitor, "sign-in", "/sign-in");
        await take(visitor, "missing", "/nothing-here");
        await take(visitor, "none-found", "/?q=zzzzqqq");
        const signedIn = await enter(look, `${member}@example.com`);
        await take(signedIn, "propose", "/ideas/new");
        await take(signedIn, "mine", "/mine/ideas");
        await take(signedIn, "settings", "/settings/profile");
        const staff = await enter(look, "willem-tasma@example.com");
        await take(staff, "studio", "/studio");
        await take(staff, "decide", open.url);
      });
