// Merging two ideas and taking them apart again.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("the team merges two ideas, everybody counts once, and takes them apart", async ({ member, team, visit }) => {
  const [ann, ben, both, one] = [await member("Ann"), await member("Ben"), await member("Cas"), await member("Daan")];
  const word = mark();
  const goes = await ann.propose({ title: `Folding ${word} stool` });
  const stays = await ben.propose({ title: `Folding ${word} chair` });
  await both.vote(stays.id);
  await both.vote(goes.id, true);
  await one.vote(goes.id);

  const page = await visit(await team());
  await page.goto(goes.url);
  const panel = page.locator("#merge");
  await panel.getByRole("link", { name: stays.title }).click();
  await expect(page.locator(".merge-goes")).toContainText("2 votes come over");
  await expect(page.locator(".merge-stays .num").first()).toHaveText("2");
  await expect(page.locator(".merge-what")).toContainText("1 person voted on both");
  await page.getByLabel("Public note").fill("A stool is a chair without a back.");
  await page.getByRole("button", { name: "Merge", exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/ideas/${stays.id}-`));
  await expect(page.locator(".flash")).toContainText("The two ideas are one");
  await expect(page.locator(".vote-panel [data-field=voters]").first()).toHaveText("2");
  await expect(page.locator(".co-creators")).toContainText(ann.name);
  await expect(page.locator("#merged")).toContainText(goes.title);

  const visitor = await visit();
  await visitor.goto(goes.url);
  await expect(visitor).toHaveURL(new RegExp(`/ideas/${stays.id}-.*flash=merged`));
  await expect(visitor.locator(".flash")).toContainText("went on as part of this one");
  await visitor.locator("#merged").getByRole("link", { name: goes.title }).click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(goes.title);
  await expect(visitor.locator(".official")).toContainText("A stool is a chair without a back.");
  await expect(visitor.locator(".notice").getByRole("link", { name: stays.title })).toBeVisible();
  await expect(visitor.getByRole("button", { name: "Take apart" })).toHaveCount(0);

  await one.vote(stays.id, true); // makes the copy their own
  await page.locator("#merged").getByRole("button", { name: "Take apart" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take apart" }).click();
  await expect(page).toHaveURL(new RegExp(`/ideas/${goes.id}-`));
  await expect(page.locator(".flash")).toContainText("stands on its own again");
  expect(await one.tally(goes.id)).toMatchObject({ voters: 2, would_buy: 1 });
  expect(await one.tally(stays.id)).toMatchObject({ voters: 2, would_buy: 1 });
});

test("what cannot be merged is refused with a sentence, and nothing is lost", async ({ member, team, visit }) => {
  const noor = await member();
  const [idea, other] = [await noor.propose(), await noor.propose()];
  const page = await visit(await team());
  await page.goto(`/ideas/${idea.id}/merge`);
  const into = page.getByLabel("Number or address of the idea");
  for (const [typed, said] of [
    ["a lamp", "Give the number of an idea"],
    [String(idea.id), "cannot be merged into itself"],
    ["99999999", "does not exist"],
  ] as const) {
    await into.fill(typed);
    await page.getByRole("button", { name: "See what it comes to" }).click();
    await expect(page.getByRole("alert")).toContainText(said);
    await expect(into).toHaveValue(typed);
  }
  await into.fill(new URL(other.url, page.url()).href);
  await page.getByRole("button", { name: "See what it comes to" }).click();
  await expect(page.getByRole("heading", { name: other.title })).toBeVisible();

  const outsider = await visit(noor);
  const answer = await outsider.goto(`/ideas/${idea.id}/merge`);
  expect(answer?.status()).toBe(403);
});
