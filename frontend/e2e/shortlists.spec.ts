// Two of the team weigh ideas on their own, then see each other's cards, and
// publish what they decided at one moment.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";

async function list(page: Page, name: string): Promise<void> {
  await page.goto("/studio/shortlists");
  await page.getByLabel("Name of the list").fill(name);
  await page.getByRole("button", { name: "Make the list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

async function criterion(page: Page, name: string, weight: string): Promise<void> {
  await page.getByLabel("New criterion").fill(name);
  await page.locator("#criterion-new-weight").fill(weight);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("button", { name: `Remove ${name}` })).toBeVisible();
}

async function put(page: Page, title: string): Promise<void> {
  await page.getByLabel("Title or number").fill(title);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("button", { name: `Put on the list ${title}` }).click();
  await expect(page.locator(".shortlist-entry", { hasText: title })).toBeVisible();
}

async function score(page: Page, marks: Record<string, number>): Promise<void> {
  for (const [name, given] of Object.entries(marks))
    await page
      .getByRole("group", { name })
      .getByRole("radio", { name: String(given) })
      .check();
}

test("two reviewers judge blind, see the spread, and their decisions go out together", async ({
  member,
  team,
  visit,
}) => {
  test.setTimeout(120_000);
  const noor = await member();
  const word = mark();
  const shelf = await noor.propose({ title: `A shelf for ${word}` });
  const rail = await noor.propose({ title: `A rail for ${word}` });
  const ann = await visit(await team("Ann"));
  const bob = await visit(await team("Bob"));

  await list(ann, `Storage ${word}`);
  const address = ann.url().replace(/\?.*/, "");
  await criterion(ann, "Fit", "3");
  await criterion(ann, "Cost", "1");
  await put(ann, shelf.title);
  await put(ann, rail.title);

  // Ann hands in; Bob sees that she did, and nothing of what she gave.
  await ann.getByRole("link", { name: `Score it ${shelf.title}` }).click();
  await score(ann, { Fit: 2 });
  await ann.getByRole("button", { name: "Hand in" }).click();
  await expect(ann.getByRole("alert")).toContainText("Give a mark for every criterion");
  await score(ann, { Cost: 4 });
  await ann.getByLabel("Why, in a few words").fill("Too heavy for a rented wall.");
  await ann.getByRole("button", { name: "Hand in" }).click();
  await expect(ann.getByRole("heading", { name: "All cards" })).toBeVisible();

  await bob.goto(address);
  const entry = bob.locator(".shortlist-entry", { hasText: shelf.title });
  await expect(entry).toContainText("1 card is in. You see it once yours is.");
  await bob.getByRole("link", { name: `Score it ${shelf.title}` }).click();
  await expect(bob.getByText("rented wall")).toHaveCount(0);
  await expect(bob.getByRole("heading", { name: "All cards" })).toHaveCount(0);
  await score(bob, { Fit: 5, Cost: 4 });
  await bob.getByRole("button", { name: "Save as draft" }).click();
  await expect(bob.getByText("draft, only you see it")).toBeVisible();
  await expect(bob.getByText("rented wall")).toHaveCount(0);
  await bob.getByRole("button", { name: "Hand in" }).click();
  await expect(bob.locator("#cards")).toContainText("rented wall");
  await expect(bob.locator(".spreads li", { hasText: "Fit" })).toContainText("far apart");

  // A criterion in use stays.
  await bob.goto(address);
  await expect(entry).toContainText("3.6");
  await bob.getByRole("button", { name: "Remove Fit" }).click();
  await expect(bob.locator(".notice", { hasText: "so it cannot be removed" })).toBeVisible();

  // The order is the team's, by keys.
  await bob.goto(address);
  const first = bob.locator(".shortlist-entry h2").first();
  await expect(first).toHaveText(shelf.title);
  await bob.getByRole("button", { name: `Move “${rail.title}”`, exact: true }).focus();
  await bob.keyboard.press("Enter");
  await bob.keyboard.press("ArrowUp");
  const saved = bob.waitForResponse((answer) => answer.url().endsWith("/order"));
  await bob.keyboard.press("Enter");
  await saved;
  await expect(bob.locator("#order-status")).toContainText("stands at place 1 of 2");
  await bob.reload();
  await expect(first).toHaveText(rail.title);

  // Decisions wait, and go out together.
  await bob.goto(`${address}/ideas/${shelf.id}#prepare`);
  await bob.getByLabel("New status").selectOption({ label: "Adopted" });
  await bob.getByLabel("Name of the product").fill(`Shelf ${word}`);
  await write(bob, "We make it this spring.");
  await bob.getByRole("button", { name: "Keep it prepared" }).click();
  await expect(bob.getByText("Nobody outside the team sees it yet.")).toBeVisible();
  await bob.goto(`${address}/ideas/${rail.id}#prepare`);
  await bob.getByLabel("New status").selectOption({ label: "Declined" });
  await bob.getByLabel("Reason", { exact: true }).selectOption({ label: "It cannot be made with what we know today" });
  await bob.getByRole("button", { name: "Keep it prepared" }).click();
  expect((await noor.idea(shelf.id)).status).toBe("open");
  await bob.goto(`${address}/decisions`);
  await expect(bob.getByText("1 decision must be mended")).toBeVisible();
  await bob.getByRole("link", { name: `Change ${rail.title}` }).click();
  await write(bob, "The glue would not hold.");
  await bob.getByRole("button", { name: "Keep it prepared" }).click();

  await bob.goto(`${address}/decisions`);
  await ann.goto(`${address}/decisions`);
  await bob.getByRole("button", { name: "Publish 2 decisions together" }).click();
  await bob
    .getByRole("dialog")
    .getByRole("button", { name: /Publish/ })
    .click();
  await expect(bob.getByText("Published, all at one moment.")).toBeVisible();
  expect([(await noor.idea(shelf.id)).status, (await noor.idea(rail.id)).status]).toEqual(["adopted", "declined"]);
  await ann.getByRole("button", { name: "Publish 2 decisions together" }).click();
  await ann
    .getByRole("dialog")
    .getByRole("button", { name: /Publish/ })
    .click();
  await expect(ann.getByRole("alert")).toContainText("Somebody published the decisions of this list a moment ago.");
});

async function write(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "Public answer" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type(words);
}

test("ideas are compared side by side and taken along as a table", async ({ member, team, visit }) => {
  const noor = await member();
  const word = mark();
  const [a, b] = [await noor.propose({ title: `=SUM(1) ${word}` }), await noor.propose({ title: `Jar ${word}` })];
  const page = await visit(await team());
  await list(page, `Jars ${word}`);
  await put(page, a.title);
  await put(page, b.title);
  await page.getByRole("button", { name: "Compare what is ticked" }).click();
  await expect(page.getByText("Choose two to five ideas")).toBeVisible();
  await page.getByLabel(`Compare ${a.title}`).check();
  await page.getByLabel(`Compare ${b.title}`).check();
  await page.getByRole("button", { name: "Compare what is ticked" }).click();
  await expect(page.getByRole("columnheader")).toContainText([a.title, b.title]);
  await page.getByRole("link", { name: `Jars ${word}` }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`jars-${word}.csv`);
  const stream = await file.createReadStream();
  let text = "";
  for await (const chunk of stream) text += chunk;
  expect(text.startsWith("\uFEFFPlace,")).toBe(true);
  expect(text).toContain(`'=SUM(1) ${word}`);
});

test("only the team has shortlists", async ({ page, member, visit }) => {
  await page.goto("/studio/shortlists");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect((await (await visit(await member())).goto("/studio/shortlists"))?.status()).toBe(403);
});
