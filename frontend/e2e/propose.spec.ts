// From an empty form to an idea on the board, with script.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";
import { sketch } from "./sketch";

const rows = (page: Page) => page.locator("[data-pictures] > li");
const saved = (page: Page) => expect(page.locator("[data-saved]")).toContainText("Saved as a draft at");
const altOf = (page: Page, nth: number) => rows(page).nth(nth).getByRole("textbox");

/** drop lets go of a picture over the form's list, as a person drags it in from a folder. */
async function drop(page: Page, name: string, file: Buffer): Promise<void> {
  const carried = await page.evaluateHandle(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
      return transfer;
    },
    { name, bytes: [...file] },
  );
  const list = page.getByRole("group", { name: "Pictures" });
  await list.dispatchEvent("dragover", { dataTransfer: carried });
  await list.dispatchEvent("drop", { dataTransfer: carried });
}

test("an idea with pictures is written, survives a reload, and comes on the board", async ({ member, visit }) => {
  const noor = await member();
  const page = await visit(noor);
  const word = mark();

  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill(`Lantern for ${word}`);
  await page.getByRole("textbox", { name: "Story" }).click();
  const story = page.locator(".editor").getByRole("textbox", { name: "Story" });
  await expect(story).toBeFocused();
  await page.keyboard.type("In the evening the path to the shed is ");
  await page.getByRole("button", { name: "Bold" }).click();
  await page.keyboard.type("pitch dark");

  await drop(page, "dropped.png", sketch(1));
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("dropped.png is added. Say what it shows")).toBeVisible();
  await page
    .getByLabel("Choose pictures")
    .setInputFiles({ name: "picked.png", mimeType: "image/png", buffer: sketch(2) });
  await expect(rows(page)).toHaveCount(2);
  await altOf(page, 0).fill("The dark path");
  await altOf(page, 1).fill("A lantern on a hook");
  await rows(page).nth(1).getByRole("radio", { name: "Cover" }).check();
  await page.getByLabel("Tags").fill(`light, ${word.slice(0, 8)}`);
  await saved(page);

  await page.reload();
  await expect(page.getByText("Here is what you were writing.")).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(`Lantern for ${word}`);
  await expect(page.getByLabel("Tags")).toHaveValue(`light, ${word.slice(0, 8)}`);
  await expect(rows(page)).toHaveCount(2);
  await expect(altOf(page, 0)).toHaveValue("The dark path");
  await expect(rows(page).nth(1).getByRole("radio", { name: "Cover" })).toBeChecked();
  await page.getByRole("textbox", { name: "Story" }).click();
  await expect(story.locator("strong")).toHaveText("pitch dark");

  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Lantern for ${word}`);
  await expect(page.locator(".story strong")).toHaveText("pitch dark");
  await expect(page.locator(".gallery .cover img")).toHaveAttribute("alt", "A lantern on a hook");
  await expect(page.locator(".gallery .thumbs img")).toHaveAttribute("alt", "The dark path");
  expect(await noor.drafts(), "the draft has become the idea").toEqual([]);

  await page.goto(`/?q=${word}`);
  await expect(page.locator("li.idea img")).toHaveAttribute("alt", "A lantern on a hook");
  await page.goto("/ideas/new");
  await expect(page.getByLabel("Title", { exact: true }), "the next idea begins with an empty form").toHaveValue("");
});

test("somebody who types what is there already may support that instead", async ({ member, visit }) => {
  const word = mark();
  const there = await (await member("Tomas")).propose({ title: `Foldable ladder ${word}` });
  const noor = await member();
  const page = await visit(noor);
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill(`A ladder, foldable, ${word}`);
  const similar = page.locator("[data-similar]");
  await expect(similar.getByRole("link", { name: there.title })).toBeVisible();
  await similar.getByRole("button", { name: "Support that one instead" }).first().click();
  await expect(similar).toContainText("Your vote is counted there.");
  expect((await noor.tally(there.id)).voters).toBe(1);
});

test("what is refused says what to do, and nothing that was typed is gone", async ({ member, visit }) => {
  const page = await visit(await member());
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill("Stool for two");
  await page.getByLabel("Tags").fill("bench");
  await page
    .getByLabel("Choose pictures")
    .setInputFiles({ name: "stool.png", mimeType: "image/png", buffer: sketch(3) });
  await expect(rows(page).locator("img[src^='/media/']")).toHaveCount(1);
  await page.getByRole("button", { name: "Put it on the board" }).click();
  const problems = page.getByRole("alert");
  await expect(problems).toBeFocused();
  await problems.getByRole("link").first().click();
  await expect(page.getByRole("textbox", { name: "Story" })).toBeFocused();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Stool for two");
  await expect(page.getByLabel("Tags")).toHaveValue("bench");
  await expect(rows(page)).toHaveCount(1);
});

test("a file that is no picture is refused beside its name", async ({ member, visit }) => {
  const page = await visit(await member());
  await page.goto("/ideas/new");
  const file = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("these are words") };
  await page.getByLabel("Choose pictures").setInputFiles(file);
  await expect(page.getByRole("alert")).toContainText("notes.png:");
});

test("an idea is edited, keeps its versions, and is withdrawn", async ({ member, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  await (await member("Jan")).vote(idea.id);
  const page = await visit(noor);
  await page.goto(idea.url);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Title", { exact: true }).fill(`${idea.title}, in brass`);
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${idea.title}, in brass`);
  await page.getByRole("link", { name: "edited once" }).click();
  await expect(page.getByRole("heading", { level: 2, name: idea.title, exact: true })).toBeAttached();
  await page.getByRole("link", { name: "Back to the idea" }).click();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(page).toHaveURL(/\/mine\/ideas/);
  expect((await noor.idea(idea.id)).status).toBe("withdrawn");
});
