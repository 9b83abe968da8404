// Everything without a mouse, with the focus in sight all the way.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";
import { sketch } from "./sketch";

/** seen checks that the element with the focus shows it. */
async function seen(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing has the focus";
    for (let e: Element | null = element; e && e !== document.body; e = e.parentElement) {
      for (const { outlineStyle, outlineWidth } of [getComputedStyle(e), getComputedStyle(e, "::after")])
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) return "";
    }
    return `no outline on ${element.outerHTML.slice(0, 200)}`;
  });
  expect(shown).toBe("");
}

/** tabTo goes there with the Tab key, and sees the focus at every stop. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await seen(page);
  }
  await expect(target, "reached with the Tab key").toBeFocused();
}

test("the first stop skips to the content", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});

test("keys search, walk the cards, vote and explain themselves", async ({ member, visit }) => {
  const word = mark();
  const tomas = await member("Tomas");
  for (const name of ["Cup", "Mug", "Jug"]) await tomas.propose({ title: `${name} ${word}` });
  const page = await visit(await member("Jan"));
  await page.goto("/");
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search the board")).toBeFocused();
  await seen(page);
  await page.keyboard.type(word);
  await page.keyboard.press("Enter");
  await expect(page.locator("li.hit h3 a", { hasText: `Cup ${word}` })).toBeVisible();
  await page.getByRole("link", { name: "Look at these ideas on the board" }).press("Enter");
  const titles = page.locator("li.idea h3 a");
  await expect(titles).toHaveCount(3);

  await page.keyboard.press("j");
  await expect(titles.nth(0)).toBeFocused();
  await seen(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(titles.nth(2)).toBeFocused();
  await page.keyboard.press("k");
  await expect(titles.nth(1)).toBeFocused();
  await page.keyboard.press("v");
  const vote = page.locator("li.idea").nth(1).locator("button.vote");
  await expect(vote).toHaveAttribute("aria-pressed", "true");
  await expect(vote).toContainText("1");
  await page.keyboard.press("v");
  await expect(vote).toHaveAttribute("aria-pressed", "false");

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toBeVisible();
  await expect(help.getByRole("button", { name: "Close" })).toBeFocused();
  await help.getByRole("checkbox", { name: "Use these keys" }).press("Space");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("k");
  await expect(titles.nth(0), "the keys are switched off").not.toBeFocused();
});

test("a whole idea is proposed without the mouse", async ({ member, visit }) => {
  const word = mark();
  const noor = await member();
  const page = await visit(noor);
  await page.goto("/how");
  await page.keyboard.press("n");
  await expect(page).toHaveURL("/ideas/new");
  await tabTo(page, page.getByLabel("Title", { exact: true }));
  await page.keyboard.type(`Whistle for ${word}`);
  await page.keyboard.press("Tab");
  const editor = page.locator(".editor");
  await expect(editor.getByRole("textbox", { name: "Story" })).toBeFocused();
  await seen(page);
  await page.keyboard.type("The dog does not hear me ");
  await page.keyboard.press("Shift+Tab");
  await expect(editor.getByRole("button", { name: "Bold" })).toBeFocused();
  await seen(page);
  await page.keyboard.press("ArrowRight");
  await expect(editor.getByRole("button", { name: "Italic" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("textbox", { name: "Story" })).toBeFocused();
  await page.keyboard.type("over the wind");

  const chooser = page.waitForEvent("filechooser"); // asked for well before: a dialog that comes first is the system's own
  await tabTo(page, page.getByLabel("Choose pictures"));
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "whistle.png", mimeType: "image/png", buffer: sketch(7) });
  const row = page.locator("[data-pictures] > li");
  await expect(row.locator("img[src^='/media/']")).toBeVisible();
  await tabTo(page, row.getByRole("textbox"));
  await page.keyboard.type("A whistle on a cord");
  await tabTo(page, page.getByLabel("Tags"));
  await page.keyboard.type("dogs");
  await tabTo(page, page.getByRole("checkbox", { name: /house rules/ }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Put it on the board" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Whistle for ${word}`);
  await expect(page.locator(".story em")).toHaveText("over the wind");
});

test("the account menu opens, and every stop of the board shows its focus", async ({ member, visit }) => {
  const word = mark();
  await (await member("Tomas")).propose({ title: `Bell ${word}` });
  const page = await visit(await member());
  await page.goto(`/?q=${word}`);
  await tabTo(page, page.locator(".bar details.menu > summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "My votes" }));
  await tabTo(page, page.locator("li.idea button.vote"));
  await page.keyboard.press("Enter");
  await expect(page.locator("li.idea button.vote")).toHaveAttribute("aria-pressed", "true");
  await tabTo(page, page.getByRole("button", { name: "Nederlands" }));
});
