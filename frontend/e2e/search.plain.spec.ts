// The search without script: a plain form.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("the box searches everything without script", async ({ member, page }) => {
  const word = mark();
  const idea = await (await member()).propose({ title: `Lantern ${word}` });
  await page.goto("/how");
  await page.getByRole("searchbox", { name: "Search the board" }).fill(word);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: idea.title })).toBeVisible();
  await expect(page.getByRole("button", { name: "Keys" })).toHaveCount(0);
});
