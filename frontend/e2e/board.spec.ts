// The board: its list, its filters, and how it looks to whom.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("more ideas are shown in place, and the link leads there too", async ({ member, page }) => {
  test.slow();
  const noor = await member();
  const word = mark();
  for (let i = 0; i < 27; i++) await noor.propose({ title: `Spoon ${i} ${word}` });
  const board = `/?q=${word}&order=newest`;
  await page.goto(board);
  const cards = page.locator("li.idea");
  await expect(cards).toHaveCount(24);
  const more = page.getByRole("link", { name: "Show more" });
  const href = await more.getAttribute("href");
  await more.click();
  await expect(cards).toHaveCount(27);
  await expect(more).toHaveCount(0);
  await expect(cards.nth(24).getByRole("link").first()).toBeFocused();
  await expect(page.locator("#more-status")).toHaveText("3 more are shown.");
  expect(new Set(await cards.locator("h3").allTextContents()).size, "no idea is shown twice").toBe(27);

  await page.goto(href!);
  await expect(cards).toHaveCount(3);
});

test("search finds a Dutch word by its stem and by a part", async ({ member, page }) => {
  const noor = await member();
  const word = mark();
  const idea = await noor.propose({
    title: `Opvouwbare fietstassen ${word}`,
    story_html: "<p>Wie naar de markt gaat, wil de boodschappen droog thuisbrengen.</p>",
  });
  const found = page.getByRole("link", { name: idea.title });
  for (const words of [
    `fietstas ${word}`,
    `tassen ${word}`,
    `opvouwbaar ${word}`,
    `boodschap ${word}`,
    word.slice(1, -1),
  ]) {
    await page.goto("/");
    await page.getByLabel("Search the board").fill(words);
    await page.keyboard.press("Enter");
    await expect(found, `found by “${words}”`).toBeVisible();
  }
  await page.goto(`/?q=${word}zzz`);
  await expect(page.getByRole("heading", { name: `Nothing found for “${word}zzz”` })).toBeVisible();
  await expect(page.getByRole("link", { name: "Propose it yourself" })).toBeVisible();
});

test("filters narrow the list and are taken away one by one", async ({ member, team, page, request }) => {
  const noor = await member();
  const word = mark();
  const tag = word.slice(0, 12);
  const { items } = (await (await request.get("/api/v1/topics")).json()) as { items: { slug: string; name: string }[] };
  const topic = items[0]!;
  const shelved = await noor.propose({ title: `Basket ${word}`, topic: topic.slug, tags: [tag] });
  const plain = await noor.propose({ title: `Bucket ${word}` });
  const reviewed = await noor.propose({ title: `Barrow ${word}`, tags: [tag] });
  await (await team()).decide(reviewed.id, { status: "under_review", answer_html: "<p>We look into it.</p>" });
  const cards = page.locator("li.idea h3");

  await page.goto(`/?q=${word}`);
  await expect(cards).toHaveCount(3);
  await page.getByRole("navigation", { name: "Topics" }).getByRole("link", { name: topic.name, exact: true }).click();
  await expect(cards).toHaveText([shelved.title]);
  await page.getByRole("link", { name: "All topics" }).click();
  await page.locator("details.filter > summary").click();
  await page.locator("details.filter").getByRole("link", { name: "Under review" }).click();
  await expect(cards).toHaveText([reviewed.title]);
  await expect(page.locator("li.idea .status")).toHaveText("Under review");
  await page.locator(".narrowed").getByRole("link", { name: "Under review" }).click();
  await expect(cards).toHaveCount(3);
  await page.goto(shelved.url);
  await page.getByRole("link", { name: `#${tag}` }).click();
  await expect(cards).toHaveCount(2);
  await expect(page.getByRole("link", { name: plain.title })).toHaveCount(0);
});

test("each order explains itself, and unseen leaves out what was seen", async ({ member, visit }) => {
  const word = mark();
  const tomas = await member("Tomas");
  const tag = word.slice(0, 12);
  const seen = await tomas.propose({ title: `Cap ${word}`, tags: [tag] });
  const unseen = await tomas.propose({ title: `Hat ${word}`, tags: [tag] });
  const page = await visit(await member("Jan"));
  for (const [order, why] of [
    ["Trending", "Recent votes count most"],
    ["Newest", "The latest ideas first"],
    ["Most votes", "most voters of all time"],
    ["Unseen", "not seen or voted on yet"],
  ] as const) {
    await page.goto("/");
    await page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: order }).click();
    await expect(page.locator(".why")).toContainText(why);
  }
  const unseenHere = `/?tag=${tag}&order=unseen`;
  await page.goto(seen.url);
  await page.goto(unseenHere);
  await expect(page.locator("li.idea h3"), "what was opened is seen").toHaveText([unseen.title]);
  const told = await page.waitForRequest("**/api/v1/seen");
  expect(told.postDataJSON(), "and so is what was looked at for a second").toEqual({ ideas: [unseen.id] });
  await told.response();
  await page.goto(unseenHere);
  await expect(page.locator("li.idea")).toHaveCount(0);
  await page.goto(`/?q=${word}`);
  await expect(page.locator(".why"), "a search has an order of its own").toHaveText("What fits your words best first.");
});

test("the language is switched on the spot and stays", async ({ page, member, visit }) => {
  await page.goto("/how");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Nederlands" }).click();
  await expect(page).toHaveURL("/how");
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Inloggen" })).toBeVisible();
  const noor = await member();
  await (await visit(noor)).goto("/");
  const mine = await visit(noor);
  await mine.goto("/people");
  await mine.getByRole("button", { name: "Nederlands" }).click();
  const elsewhere = await visit(noor);
  await elsewhere.goto("/");
  await expect(elsewhere.locator("html"), "a member's language goes with the account").toHaveAttribute("lang", "nl");
  const dutch = await visit(undefined, { locale: "nl-BE" });
  await dutch.goto("/");
  await expect(dutch.locator("html"), "a visitor gets what the browser asks for").toHaveAttribute("lang", "nl");
});

test("the theme is chosen, stays, and does not flash", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/how");
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const toggle = page.getByRole("button", { name: /^Theme/ });
  await expect(toggle).toHaveText("Theme: system");
  await toggle.click();
  await expect(toggle).toHaveText("Theme: light");
  await toggle.click();
  await expect(toggle).toHaveText("Theme: dark");
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html"), "before the first paint").toHaveAttribute("data-theme", "dark");
  await expect(toggle).toHaveText("Theme: dark");
  expect(await paper()).toBe(dark);
  await toggle.click();
  await expect(toggle).toHaveText("Theme: system");
  expect(await paper()).toBe(light);
});

test("who wants less motion gets none", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const jan = await member("Jan");
  const started = async (reducedMotion: "reduce" | "no-preference") => {
    const page = await visit(jan, { reducedMotion });
    await page.addInitScript(() => {
      Object.assign(globalThis, { motions: 0 });
      for (const kind of ["animationstart", "transitionstart"])
        document.addEventListener(kind, () =>
          Object.assign(globalThis, { motions: Reflect.get(globalThis, "motions") + 1 }),
        );
    });
    await page.goto(idea.url);
    const before = (await page.locator('.tally [data-field="voters"]').textContent()) ?? "";
    await page.getByRole("button", { name: "I want this made" }).click();
    await expect(page.locator('.tally [data-field="voters"]')).not.toHaveText(before);
    await expect(page.locator(".tally .moved")).toHaveCount(0); // it has come to rest
    return page.evaluate(() => Reflect.get(globalThis, "motions") as number);
  };
  expect(await started("no-preference")).toBeGreaterThan(0);
  expect(await started("reduce")).toBe(0);
});

test("a picture of an idea opens large and closes with Escape", async ({ member, page }) => {
  const noor = await member();
  const { sketch } = await import("./sketch");
  const [one, two] = [await noor.picture(sketch(8)), await noor.picture(sketch(9))];
  const idea = await noor.propose({
    pictures: [
      { id: one.id, alt: "The front" },
      { id: two.id, alt: "The back" },
    ],
  });
  await page.goto(idea.url);
  await page.locator(".gallery .cover a").click();
  const large = page.getByRole("dialog", { name: "Pictures" });
  await expect(large.getByRole("img", { name: "The front" })).toBeVisible();
  await large.getByRole("button", { name: "Next picture" }).click();
  await expect(large.getByRole("img", { name: "The back" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
});
