// A board on its first day, and one that is stopped while people look at it.
import type { Page } from "@playwright/test";
import { everywhere } from "./axe";
import { expect } from "./fixtures";
import { Member } from "./member";
import { test } from "./own-server";

test.describe.configure({ mode: "serial" });

test("the first admin comes in by the link in the log", async ({ own, page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "No ideas yet" })).toBeVisible();
  expect(await everywhere(page), "the empty board").toEqual([]);
  for (const path of ["/made", "/people"]) {
    await page.goto(path);
    expect(await everywhere(page), path).toEqual([]);
  }
  await page.goto(/https?:\/\/\S+first-admin\S+/.exec(own.said())![0]);
  expect(await everywhere(page), "the first admin's page").toEqual([]);
  const admin = Member.somebody("Willem");
  await page.getByLabel("Name", { exact: true }).fill(admin.name);
  await page.getByLabel("E-mail address").fill(admin.email);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Make the admin's account" }).click();
  await expect(page).toHaveURL(/\/studio/);
});

test("a vote waits for the address to be confirmed, and counts then", async ({ own, page, member }) => {
  const noor = await member();
  const confirm = await own.link(noor.email);
  await page.goto(confirm);
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill("A gate that shuts itself");
  await page.getByLabel("Story").fill("<p>The dog is always in the street because the gate stays open.</p>");
  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A gate that shuts itself");
  const idea = new URL(page.url()).pathname;

  const context = page.context();
  await context.clearCookies();
  const jan = Member.somebody("Jan");
  await page.goto(idea);
  await page.getByRole("button", { name: "I want this made" }).click();
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill(jan.name);
  await page.getByLabel("E-mail address").fill(jan.email);
  await page.getByLabel("Password").fill(jan.password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByText("Your address is not confirmed yet, so your votes wait.")).toBeVisible();
  const voters = page.locator('.tally [data-field="voters"]');
  await expect(voters).toHaveText("0");
  await page.getByRole("link", { name: "Confirm it" }).click();
  expect(await everywhere(page), "the page about confirming").toEqual([]);
  await page.goto(await own.link(jan.email));
  expect(await everywhere(page), "the page that confirms").toEqual([]);
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page).toHaveURL(new RegExp(idea));
  await expect(voters).toHaveText("1");
});

const here = (page: Page) => page.locator('[data-here="board"]').first();

test("people who look at the board are counted", async ({ page, visit }) => {
  await page.goto("/");
  await expect(here(page)).toHaveText("1");
  const other = await visit();
  await other.goto("/");
  await expect(here(other)).toHaveText("2");
  await expect(here(page)).toHaveText("2");
  await other.close();
  await expect(here(page)).toHaveText("1");
});

test("when the server is restarted, pages come back and catch up", async ({ own, page }) => {
  test.setTimeout(120_000);
  let told = 0; // how often a socket of the page told the idea's figures
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).includes('"tallies"')) told++;
    }),
  );
  await page.goto("/");
  await page.locator("li.idea h3 a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.reload();
  await expect.poll(() => told).toBeGreaterThan(0);
  await own.stop();
  const before = told;
  await own.start();
  await expect.poll(() => told, { timeout: 60_000 }).toBeGreaterThan(before);
  await page.getByRole("button", { name: "I want this made" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
