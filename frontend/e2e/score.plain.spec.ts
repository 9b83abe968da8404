// A score without script.
import { challenge, noDatabase } from "./challenge";
import { expect, test } from "./fixtures";

test.skip(noDatabase() !== "", noDatabase());

test("a score is given, changed and taken back by the plain form", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  await challenge("no", idea);
  const page = await visit(await member("Jan"));
  await page.goto(idea.url);
  const mean = page.locator('.vote-panel [data-field="mean"]');
  await page.getByRole("radio", { name: "2" }).check();
  await page.getByRole("button", { name: "Give this score" }).click();
  await expect(page.locator(".flash")).toBeVisible();
  await expect(mean).toHaveText("2.0");
  await page.getByRole("radio", { name: "5" }).check();
  await page.getByRole("button", { name: "Save my choice" }).click();
  await expect(mean).toHaveText("5.0");
  await page.getByRole("button", { name: "Take my score back" }).click();
  await expect(mean).toHaveText("–");
  await expect(page.locator("input[name=score]:checked")).toHaveCount(0);
});
