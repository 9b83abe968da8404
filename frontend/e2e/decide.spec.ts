// The product team decides, and the contributor is credited.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";

const status = (page: Page) => page.locator(".idea-head [data-status]");

async function answer(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "Public answer" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type(words);
}

test("an adopted idea leads to a product that credits its contributor", async ({ member, team, visit }) => {
  const noor = await member();
  const word = mark();
  const other = await noor.propose({ title: `A hook for ${word}` });
  const idea = await noor.propose({ title: `A shelf for ${word}` });
  await noor.propose({ title: `A rail for ${word}` });
  const reader = await visit();
  await reader.goto(idea.url);
  await expect(status(reader)).toHaveText("Open");

  const page = await visit(await team());
  await page.goto(`/studio?view=list&q=${word}`);
  await page.getByRole("link", { name: `Answer ${idea.title}` }).click();
  await expect(page.getByRole("heading", { name: "Answer and decide" })).toBeInViewport();
  await expect(page.getByLabel("Name of the product"), "only adopting asks for a product").toBeHidden();
  await page.getByLabel("New status").selectOption({ label: "Adopted" });
  await page.getByLabel("Name of the product").fill(`Shelf ${word}`);
  await answer(page, "We make it this spring, in beech.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Published. Everyone sees your answer now.")).toBeVisible();
  await expect(status(page)).toHaveText("Adopted");
  await expect(status(reader), "the badge of a page that was open already").toHaveText("Adopted");

  await reader.reload();
  await expect(reader.locator(".official")).toContainText("We make it this spring, in beech.");
  await reader
    .locator(".idea-head")
    .getByRole("link", { name: `Shelf ${word}` })
    .click();
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(`Shelf ${word}`);
  await expect(reader.locator(".stepper [aria-current=step]")).toHaveText("Adopted");
  await reader.locator(".credits").getByRole("link", { name: noor.name, exact: true }).click();
  await expect(reader).toHaveURL(`/people/${noor.handle}`);
  const titles = reader.locator("main h3");
  await expect(titles.first(), "what was adopted stands first").toHaveText(`Shelf ${word}`);
  await expect(reader.locator("section[aria-labelledby=proposed] h3")).toHaveCount(3);
  await reader.goto("/made");
  await expect(reader.getByRole("link", { name: `Shelf ${word}` })).toBeVisible();
  expect((await noor.idea(other.id)).status).toBe("open");
});

test("a no needs a reason, and what was filled in stays", async ({ member, team, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const page = await visit(await team());
  await page.goto(`${idea.url}#decide`);
  await page.getByLabel("New status").selectOption({ label: "Declined" });
  await answer(page, "The glue would not hold outdoors.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Reason", { exact: true })).toHaveAttribute("aria-invalid", "true");
  expect((await noor.idea(idea.id)).status).toBe("open");
  await expect(page.getByLabel("New status")).toHaveValue("declined");
  await expect(page.getByRole("textbox", { name: "Public answer" })).toHaveValue(/glue would not hold/);
  await page.getByLabel("Reason", { exact: true }).selectOption({ label: "It cannot be made with what we know today" });
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(status(page)).toHaveText("Declined");
  await expect(page.locator(".official")).toContainText("It cannot be made with what we know today");
});

test("a decision is undone within the hour, and the history keeps both", async ({ member, team, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const ilse = await team();
  await ilse.decide(idea.id, { status: "adopted", answer_html: "<p>Yes, we make it.</p>" });
  const page = await visit(ilse);
  await page.goto(idea.url);
  await page.getByRole("button", { name: "Back to Open" }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toHaveText("Adopted");
  await page.getByRole("button", { name: "Back to Open" }).click();
  await question.getByRole("button", { name: "Back to Open" }).click();
  await expect(page.locator(".flash")).toBeVisible();
  expect((await noor.idea(idea.id)).status).toBe("open");
  await expect(page.locator(".timeline li b")).toContainText(["Proposed", "Adopted", "Back on the board"]);
});

test("a template fills the answer, and asks before it replaces words", async ({ member, team, visit }) => {
  const ilse = await team();
  const name = `Later ${mark()}`;
  const idea = await (await member()).propose();
  const page = await visit(ilse);
  await page.goto("/studio/templates");
  const fresh = page.getByRole("region", { name: "New template" });
  await fresh.getByLabel("Name").fill(name);
  await fresh.getByLabel("New status").selectOption({ label: "Parked" });
  await fresh.getByLabel("Reason").selectOption({ label: "Not now, perhaps later" });
  await fresh.getByRole("textbox", { name: "Public answer" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("We come back to it next year.");
  await fresh.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();

  await page.goto(`${idea.url}#decide`);
  await answer(page, "Dear ");
  const templates = page.getByLabel("Start from a template");
  await templates.selectOption(await templates.getByRole("option", { name }).getAttribute("value"));
  await page.getByRole("dialog").getByRole("button", { name: "Replace" }).click();
  await expect(page.getByLabel("New status")).toHaveValue("parked");
  await expect(page.locator(".editor")).toContainText("We come back to it next year.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(status(page)).toHaveText("Parked");
});

test("only the team comes into the studio", async ({ page, member, visit }) => {
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect((await (await visit(await member())).goto("/studio"))?.status()).toBe(403);
});
