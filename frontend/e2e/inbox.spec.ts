// The team works through what waits, by keys and without any.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";

const heading = (page: Page) => page.locator("#triage-heading");

/** take makes an idea one's own, so that it is found among all that wait. */
async function take(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("#triage").getByRole("button", { name: "Take it" }).click();
  await expect(page.getByText("This idea is yours now.")).toBeVisible();
}

/** look brings one idea up, since others wait in a board with demo data too. */
async function look(page: Page, id: number, title: string): Promise<void> {
  await page.goto(`/studio/inbox?mine=1&idea=${id}`);
  await expect(heading(page)).toHaveText(title);
}

test("keys answer one idea after the other, and take one back", async ({ member, team, visit }) => {
  const noor = await member();
  const word = mark();
  const first = await noor.propose({ title: `A hook for ${word}` });
  const second = await noor.propose({ title: `A kettle without ${word}` });
  const page = await visit(await team());
  for (const idea of [first, second]) await take(page, idea.url);
  await look(page, first.id, first.title);
  await page.keyboard.press("j");
  await expect(heading(page)).toHaveText(second.title);
  await page.keyboard.press("k");
  await expect(heading(page)).toHaveText(first.title);

  await page.keyboard.press("n");
  await expect(page.getByLabel("New status")).toHaveValue("needs_work");
  await page.getByLabel("Reason", { exact: true }).selectOption("needs_detail");
  await page.getByRole("textbox", { name: "Public answer" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Which wall does j hang on? n");
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(heading(page), "the next one comes up").toHaveText(second.title);
  await expect(page.getByText("Sent back for more work:")).toBeVisible();
  expect((await noor.idea(first.id)).status).toBe("needs_work");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status").first()).toBeVisible();
  expect((await noor.idea(first.id)).status).toBe("open");

  await look(page, second.id, second.title);
  await page.keyboard.press("s");
  await expect(page.getByText("Shortlisted:")).toBeVisible();
  expect((await noor.idea(second.id)).status).toBe("shortlisted");
});

test("two colleagues on one idea: the second learns who was first, and keeps the words", async ({
  member,
  team,
  visit,
}) => {
  const idea = await (await member()).propose();
  const [ilse, mark] = [await team("Ilse"), await team("Mark")];
  const page = await visit(mark);
  await take(page, idea.url);
  await look(page, idea.id, idea.title);
  await ilse.decide(idea.id, { status: "parked", reason: "timing", answer_html: "<p>After the summer.</p>" });
  await page.keyboard.press("a");
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("We look into it.");
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(page.getByText(`${ilse.name} was quicker`)).toBeVisible();
  await page.getByText("Your words, to keep").click();
  await expect(page.getByText("We look into it.")).toBeVisible();
});

test("notes stay with the team", async ({ member, team, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const secret = `hinge ${mark()}`;
  const page = await visit(await team());
  await page.goto(idea.url);
  await page.getByLabel("New note").fill(`Mind the ${secret}`);
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator(".notes")).toContainText(secret);
  for (const reader of [await visit(), await visit(noor)]) {
    for (const path of [idea.url, `/?q=${encodeURIComponent(secret)}`, `/api/v1/ideas/${idea.id}`]) {
      const answer = await reader.request.get(path);
      if (!path.startsWith("/?q=")) expect(await answer.text(), path).not.toContain(secret);
      else expect(await answer.text(), path).not.toContain(idea.title);
    }
  }
});
