// A round from its plan to its results: the team poses a challenge, people enter
// it under its terms, and what cannot be is refused where it was typed.
import type { Page } from "@playwright/test";
import { everywhere } from "./axe";
import { at } from "./challenge";
import { expect, test } from "./fixtures";
import { mark } from "./member";

/** write puts words into a field of rich text, whose editor comes with the first click. */
async function write(page: Page, name: string, words: string): Promise<void> {
  const field = page.locator(".field", { has: page.locator(`[name="${name}"]`) });
  await field.getByRole("textbox").first().click();
  await expect(field.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type(words);
}

/** plan fills in a challenge that takes ideas now. */
async function plan(page: Page, title: string, dates: Record<string, number> = {}): Promise<void> {
  await page.goto("/studio/challenges/new");
  await page.getByLabel("Name", { exact: true }).fill(title);
  await page.getByLabel("The question").fill("What keeps a whole day dry?");
  await page.getByLabel("What an entry must be").fill("At most 24 litres\nNo leather");
  await write(page, "terms", "You made it yourself.");
  const usual = {
    announced_at: -2,
    entries_open_at: -1,
    entries_close_at: 5,
    voting_open_at: 6,
    voting_close_at: 9,
    results_at: 12,
  };
  for (const [name, days] of Object.entries({ ...usual, ...dates })) {
    await page.locator(`[name="${name}"]`).fill(at(days));
  }
}

test("the team poses a challenge, a member enters it, and leaves it again", async ({ team, member, visit }) => {
  test.setTimeout(120_000);
  const title = `A bag for ${mark()}`;
  const studio = await visit(await team());
  await plan(studio, title);
  expect(await everywhere(studio), "the form").toEqual([]);
  await studio.getByRole("button", { name: "Plan it" }).click();
  await expect(studio.getByRole("heading", { level: 1 })).toHaveText(title);
  const address = new URL(studio.url()).pathname;

  const tomas = await member("Tomas");
  const idea = await tomas.propose();
  const page = await visit(tomas);
  await page.goto("/challenges");
  await page.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(address);
  await expect(page.getByText("At most 24 litres")).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  expect(await everywhere(page), "its page").toEqual([]);

  await page.goto(idea.url);
  const entry = page.locator("section.entry");
  await entry.getByRole("radio", { name: title }).check();
  await entry.getByRole("button", { name: "Enter this idea" }).click();
  await expect(page.getByText("Accept the terms of the challenge to enter it."), "without the terms").toBeVisible();
  await page.locator("section.entry").getByRole("radio", { name: title }).check();
  await page.locator(".entry-choice", { hasText: title }).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Enter this idea" }).click();
  await expect(page.getByText("Your idea is in the challenge.")).toBeVisible();
  await page.goto(address);
  await expect(page.locator("#ideas li.idea")).toHaveCount(1);

  await page.goto(idea.url);
  await page.getByRole("button", { name: "Leave the challenge" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave the challenge" }).click();
  await expect(page.getByText("Your idea has left the challenge")).toBeVisible();
});

test("an idea is proposed for a challenge under its terms", async ({ team, member, visit }) => {
  const title = `A bag for ${mark()}`;
  const studio = await visit(await team());
  await plan(studio, title);
  await studio.getByRole("button", { name: "Plan it" }).click();
  await expect(studio.getByRole("heading", { level: 1 })).toHaveText(title);
  const address = new URL(studio.url()).pathname;

  const page = await visit(await member("Noor"));
  await page.goto(address);
  await page.getByRole("link", { name: "Enter your idea" }).first().click();
  const choice = page.locator(".entry-choice", { hasText: title });
  await expect(choice.getByRole("radio")).toBeChecked();
  const name = `A bag of ${mark()}`;
  await page.getByLabel("What is your idea called?").or(page.locator('input[name="title"]')).first().fill(name);
  await write(page, "story", "It closes by itself, and the water runs off along the seam.");
  await page.locator('input[name="accept_terms"]').check();
  await page.locator('button[value="submit"]').click();
  await expect(page.locator("#f-challenge .field-error"), "the terms were not accepted").toBeVisible();
  await page.locator(".entry-choice", { hasText: title }).getByRole("checkbox").check();
  await page.locator('input[name="accept_terms"]').check();
  await page.locator('button[value="submit"]').click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});

test("dates out of order, or past, come back beside their fields", async ({ team, visit }) => {
  const page = await visit(await team());
  await plan(page, `A bag for ${mark()}`, { voting_close_at: 4, results_at: -1 });
  await page.getByRole("button", { name: "Plan it" }).click();
  const problems = page.locator(".error-summary");
  await expect(problems).toContainText("Voting closes after it opens");
  await expect(problems).toContainText("The results come no earlier than voting closes");
  await expect(page.locator('[name="voting_close_at"]')).toHaveValue(at(4));
  expect(await everywhere(page), "refused").toEqual([]);
});

test("a visitor is led to sign in, and a member does not plan challenges", async ({ member, visit }) => {
  const visitor = await visit();
  await visitor.goto("/studio/challenges");
  await expect(visitor).toHaveURL(/sign-in/);
  const page = await visit(await member());
  const answer = await page.goto("/studio/challenges/new");
  expect(answer?.status()).toBe(403);
});
