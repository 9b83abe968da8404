// The talk about an idea, between people in browsers of their own.
import type { Page } from "@playwright/test";
import { everywhere } from "./axe";
import { expect, test } from "./fixtures";

/** write types into a form, once its editor has come. */
async function write(page: Page, form: string, words: string): Promise<void> {
  await page.locator(`${form} :is(textarea, [contenteditable]):visible`).first().click();
  await page.locator(`${form} [contenteditable]`).waitFor();
  await expect(page.locator(`${form} [contenteditable]`)).toBeFocused();
  await page.keyboard.type(words);
}

test("a comment arrives elsewhere without moving what is read, and is thanked", async ({ member, visit }) => {
  test.setTimeout(90_000);
  const [noor, jan] = [await member("Noor"), await member("Jan")];
  const idea = await noor.propose();
  for (let n = 0; n < 6; n++) await noor.say(idea.id, `<p>Earlier words ${n}.</p>`);
  const [here, there] = [await visit(jan), await visit(noor)];
  await there.goto(idea.url);
  const board = await visit();
  await board.goto(`/?q=${encodeURIComponent(idea.title)}`);
  const said = board.locator(".idea", { hasText: idea.title }).locator(".card-talk");
  await expect(said).toContainText("6");
  await expect(there.locator("[data-live], .vote-panel")).not.toHaveCount(0);
  const read = there.locator(".comment", { hasText: "Earlier words 1." });
  await read.scrollIntoViewIfNeeded();

  await here.goto(idea.url);
  await write(here, ".talk > .comment-form", "Let the spout swing");
  await here.locator(".talk > .comment-form").getByText("Suggestion").click();
  await here.getByRole("button", { name: "Say it" }).click();
  await expect(here.locator(".comment.arrived")).toContainText("Let the spout swing");
  await expect(here.locator(".talk-count")).toHaveText("7");
  await expect(said).toContainText("7");

  const pill = there.locator("[data-talk-pill]");
  await expect(pill).toContainText("1 new comment");
  await expect(there.locator(".comment", { hasText: "Let the spout" })).toHaveCount(0);
  const before = (await read.boundingBox())?.y ?? 0;
  await pill.getByRole("button").evaluate((button: HTMLElement) => button.click()); // a mouse of the test scrolls first
  const fresh = there.locator(".comment.arrived");
  await expect(fresh).toContainText("Let the spout swing");
  expect(Math.abs(((await read.boundingBox())?.y ?? 0) - before)).toBeLessThan(3);
  await pill.getByRole("button").click();
  await expect(fresh).toBeFocused();

  await fresh.getByText("Say thanks").click();
  await fresh.getByRole("button", { name: "It helps the idea on" }).click();
  await expect(there.locator(".thanked")).toContainText("It helps the idea on");
});

test("a reply is written in place, edited, and deleted again", async ({ member, visit }) => {
  const [noor, jan] = [await member("Noor"), await member("Jan")];
  const idea = await noor.propose();
  await noor.say(idea.id, "<p>Does it fold?</p>", { kind: "question" });
  const page = await visit(jan);
  const asked = page.locator(".comment", { hasText: "Does it fold?" });
  const reply = asked.getByRole("link", { name: "Reply" });
  const form = page.locator(".comment-form.answering");
  // Before the script has come the link leads to a page of its own, which is not what this is about.
  await expect(async () => {
    await page.goto(idea.url);
    await reply.click();
    await expect(form.locator("[data-cancel]")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(form.locator("[contenteditable]")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
  await expect(reply).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(form.locator("[contenteditable]")).toBeFocused();
  await page.keyboard.type("It does, twice");
  await form.getByRole("button", { name: "Reply" }).click();
  const mine = page.locator(".reply .comment", { hasText: "It does, twice" });
  await expect(mine).toBeFocused();
  await expect(page.locator(".talk-count")).toHaveText("2");

  await mine.locator(".comment-menu summary").click();
  await mine.getByRole("link", { name: "Edit" }).click();
  await expect(page.locator("main [contenteditable]")).toBeFocused(); // by itself
  await page.keyboard.press("End");
  await page.keyboard.type(" and a half");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const edited = page.locator(".reply .comment", { hasText: "It does, twice and a half" });
  await expect(edited).toContainText("edited");

  await edited.locator(".comment-menu summary").click();
  await edited.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.locator(".flash")).toContainText("deleted");
  await expect(page.locator(".reply")).toHaveCount(0);
});

test("the talk can be filtered, seen from both sides and closed, and axe finds nothing", async ({
  member,
  team,
  visit,
}) => {
  test.slow();
  const [noor, jan, ilse] = [await member("Noor"), await member("Jan"), await team("Ilse")];
  const idea = await noor.propose();
  const asked = await jan.say(idea.id, "<p>Does it fold?</p>", { kind: "question", stance: "for" });
  const reply = await noor.say(idea.id, "<p>It does.</p>", { answers: asked.id });
  const deeper = await jan.say(idea.id, "<p>How?</p>", { answers: reply.id });
  await ilse.say(idea.id, "<p>Twice.</p>", { answers: deeper.id });
  await ilse.say(idea.id, "<p>It breaks.</p>", { kind: "critique", stance: "against" });
  const page = await visit(ilse);
  await page.goto(idea.url);
  await expect(page.locator(".reply .in-reply")).toContainText(`In reply to ${jan.name}`);
  expect(await everywhere(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page
    .locator(".talk-bar")
    .getByRole("link", { name: /Critique/ })
    .click();
  await expect(page.locator(".thread")).toHaveCount(1);
  await page
    .locator(".talk-bar")
    .getByRole("link", { name: /For and against/ })
    .click();
  await expect(page.locator(".sides section")).toHaveCount(2);
  expect(await everywhere(page)).toEqual([]);
  await page.getByRole("button", { name: "Close the talk" }).click();
  const other = await visit(jan);
  await other.goto(idea.url);
  await expect(other.locator(".talk")).toContainText("was closed");
  await expect(other.locator(".comment-form")).toHaveCount(0);
});
