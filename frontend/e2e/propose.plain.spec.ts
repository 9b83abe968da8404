// The same without script: the plain form carries everything.
import { expect, test } from "./fixtures";
import { mark } from "./member";
import { sketch } from "./sketch";

test("an idea with a picture comes on the board without script", async ({ member, visit }) => {
  const noor = await member();
  const page = await visit(noor);
  const word = mark();
  await page.goto("/");
  await page.getByRole("link", { name: "Propose an idea" }).first().click();
  await page.getByLabel("Title", { exact: true }).fill(`Bench for ${word}`);
  await page.getByLabel("Story").fill("There is nowhere to sit at the bus stop, and the bus is late.");
  await page.getByLabel("Choose pictures").setInputFiles([
    { name: "one.png", mimeType: "image/png", buffer: sketch(4) },
    { name: "two.png", mimeType: "image/png", buffer: sketch(5) },
  ]);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("Your draft is saved.")).toBeVisible();
  const rows = page.locator("[data-pictures] > li");
  await expect(rows).toHaveCount(2);
  await rows.nth(0).getByRole("textbox").fill("The empty stop");
  await rows.nth(1).getByRole("textbox").fill("A bench of planks");
  await rows.nth(1).getByRole("radio", { name: "Cover" }).check();
  await page.reload();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(`Bench for ${word}`);
  await page.locator("[data-pictures] > li").nth(1).getByRole("textbox").fill("A bench of planks");
  await page.locator("[data-pictures] > li").nth(1).getByRole("radio", { name: "Cover" }).check();

  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByRole("alert"), "the house rules are not ticked").toBeVisible();
  await expect(page.locator("[data-pictures] > li").nth(1).getByRole("textbox")).toHaveValue("A bench of planks");
  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Bench for ${word}`);
  await expect(page.locator(".gallery .cover img")).toHaveAttribute("alt", "A bench of planks");
  expect(await noor.drafts()).toEqual([]);
});

test("similar ideas are shown when a draft is saved without script", async ({ member, visit }) => {
  const word = mark();
  const there = await (await member("Tomas")).propose({ title: `Rain barrel ${word}` });
  const page = await visit(await member());
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill(`Barrel for rain ${word}`);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.locator("[data-similar]").getByRole("link", { name: there.title })).toBeVisible();
});

test("what a visitor wrote becomes a draft when they make an account", async ({ page }) => {
  const word = mark();
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill(`Kite for ${word}`);
  await page.getByLabel("Story").fill("On the beach there is always wind, and never a kite at hand.");
  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByText("Your idea is kept as a draft and waits for you.")).toBeVisible();
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill(`Noor ${word}`);
  await page.getByLabel("E-mail address").fill(`noor-${word}@example.org`);
  await page.getByLabel("Password").fill(`board ${word} key`);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByText("Here is what you typed, as a draft.")).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(`Kite for ${word}`);
  await expect(page.getByLabel("Story")).toHaveValue(/always wind/);
});
