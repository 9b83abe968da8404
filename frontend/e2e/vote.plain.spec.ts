// Voting without script.
import { expect, test } from "./fixtures";
import { votesBeforeSigningIn } from "./visitor-vote";

votesBeforeSigningIn();

test("a vote is cast, changed and taken back by the plain form", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const page = await visit(await member("Jan"));
  await page.goto(idea.url);
  const vote = page.getByRole("button", { name: "I want this made" });
  await vote.click();
  await expect(page.locator(".flash")).toBeVisible();
  await expect(vote).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("checkbox", { name: "I would buy it" }).check();
  await page.getByRole("button", { name: "Save my choice" }).click();
  await expect(page.locator('[data-field="would_buy"]')).toHaveText("1");
  await vote.click();
  await expect(vote).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator('.tally [data-field="voters"]')).toHaveText("0");
});
