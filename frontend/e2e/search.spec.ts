// One box finds everything, by keys alone.
import { violations } from "./axe";
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("the box suggests while somebody types, and keys go where they want", async ({ member, visit }) => {
  const noor = await member();
  const word = mark();
  const idea = await noor.propose({ title: `Lantern ${word}` });
  const page = await visit();
  await page.goto("/how");
  await page.keyboard.press("/");
  const box = page.getByLabel("Search the board");
  await expect(box).toBeFocused();
  await expect(box).toHaveRole("combobox");
  await page.keyboard.type(word, { delay: 10 });
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option", { name: idea.title })).toBeVisible();
  await expect(list.locator("mark").first()).toHaveText(word);
  await expect(page.locator(".search [role=status]")).toContainText("Arrow down");
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(box).toHaveValue(word);
  await page.keyboard.press("ArrowDown");
  await expect(list).toBeVisible();
  await page.keyboard.press("ArrowDown");
  const first = list.getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  expect(await box.getAttribute("aria-activedescendant")).toBe(await first.getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  await expect(box).not.toHaveAttribute("aria-activedescendant");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: idea.title })).toBeVisible();
});

test("a search finds ideas and people, marks why, and teaches where it finds nothing", async ({ member, page }) => {
  const word = mark();
  const noor = await member(word);
  const idea = await noor.propose({ title: `Lantern ${word}` });
  await page.goto(`/search?q=${word}`);
  const ideas = page.getByRole("region", { name: "Ideas" });
  await expect(ideas.getByRole("link", { name: idea.title })).toBeVisible();
  await expect(page.getByRole("region", { name: "People" }).getByRole("link", { name: noor.name })).toBeVisible();
  await expect(ideas.locator("mark")).toHaveText([word]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("main").getByRole("link", { name: "People", exact: true }).first().click();
  await expect(page).toHaveURL(/in=people/);
  await page.keyboard.press("j");
  await expect(page.locator("li.hit h3 a").first()).toBeFocused();

  await page.goto("/search?q=qxzvjkqw");
  await expect(page.getByRole("heading", { name: "Nothing says “qxzvjkqw”" })).toBeVisible();
  for (const typed of ["%", "_", "\\", "a & | !(", "\u202eabc", "'"]) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(typed)}`);
    expect(answer?.status(), typed).toBe(200);
  }
  expect((await page.request.get(`/search?q=${"x".repeat(201)}`)).status()).toBe(422);
});

test("the list of keys opens by its button and by ?", async ({ page }) => {
  await page.goto("/");
  const button = page.getByRole("button", { name: "Keys" });
  await button.press("Enter");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toContainText("To the challenges");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/challenges$/);
});
