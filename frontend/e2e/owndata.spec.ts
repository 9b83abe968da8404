// What is mine: found, fetched, and erased.
import { readFile } from "node:fs/promises";
import { violations } from "./axe";
import { expect, test } from "./fixtures";

test("what is mine stands in one place, and the ZIP is one", async ({ member, visit }) => {
  const noor = await member("Noor");
  const mine = await noor.propose();
  const other = await (await member("Tomas")).propose();
  const page = await visit(noor);
  await page.goto(other.url);
  await page.locator(".vote-panel button.vote").click();
  await expect(page.locator(".vote-panel button.vote")).toHaveAttribute("aria-pressed", "true");
  await page.goto("/mine");
  await expect(page.getByRole("link", { name: mine.title })).toBeVisible();
  await page.getByRole("link", { name: "My votes", exact: true }).last().click();
  await expect(page.getByRole("link", { name: other.title })).toBeVisible();
  await page.getByRole("link", { name: "Decided", exact: true }).click();
  await expect(page.getByRole("heading", { name: "None of your votes is like that" })).toBeVisible();
  for (const path of ["/mine/drafts", "/mine/comments", "/mine/co-created", "/settings/data", "/settings/erase"]) {
    await page.goto(path);
    expect(await violations(page), path).toEqual([]);
  }
  await page.goto("/settings/data");
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Fetch the ZIP" }).press("Enter");
  const zip = await arriving;
  expect(zip.suggestedFilename()).toBe("prosumer-my-data.zip");
  const bytes = await readFile(await zip.path());
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  expect(bytes.subarray(-22, -18).toString("latin1"), "the end of a ZIP").toBe("PK\u0005\u0006");
  expect(bytes.includes("votes.json")).toBe(true);
  await expect(page.getByText("Your ZIP is here: look among your downloads.")).toBeVisible();
});

test("a ZIP that is refused says so on the page, and one that takes long says that it is being made", async ({
  member,
  visit,
}) => {
  const noor = await member("Noor");
  const page = await visit(noor);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/settings/data");
  await expect(page.locator(".tabs [aria-current]")).toBeInViewport({ ratio: 0.98 });
  let answer = () => {};
  const waits = new Promise<void>((done) => {
    answer = done;
  });
  await page.route("**/settings/data/export", async (route) => {
    await waits;
    await route.continue();
  });
  const fetchIt = page.getByRole("button", { name: "Fetch the ZIP" });
  await fetchIt.press("Enter");
  await expect(page.getByText("Your ZIP is being made.")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const arriving = page.waitForEvent("download");
  answer();
  await arriving;

  await page.unroute("**/settings/data/export");
  await page.route("**/settings/data/export", (route) =>
    route.fulfill({
      status: 422,
      contentType: "text/html",
      body: "<title>Your data</title><main><p role='alert'>That is not your password.</p></main>",
    }),
  );
  await fetchIt.press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
});

test("who wants to go is asked twice, hidden at once, and may think again", async ({ member, visit }) => {
  const noor = await member("Noor");
  const page = await visit(noor);
  await page.goto("/settings/erase");
  await page.getByRole("radio", { name: "Leave them" }).check();
  await page.getByLabel("Your handle").fill("somebody-else");
  await page.getByLabel("Password").fill(noor.password);
  await page.getByRole("button", { name: "Erase my account" }).press("Enter");
  await expect(page.getByRole("alert")).toContainText("Type your own handle");
  await page.getByRole("radio", { name: "Leave them" }).check();
  await page.getByLabel("Your handle").fill(noor.handle);
  await page.getByLabel("Password").fill(noor.password);
  await page.getByRole("button", { name: "Erase my account" }).press("Enter");
  await expect(page.getByText("You are signed out and your profile is hidden.")).toBeVisible();
  expect((await page.request.get(`/people/${noor.handle}`)).status()).toBe(404);

  await page.goto("/sign-in");
  await page.locator("main").getByLabel("E-mail address").first().fill(noor.email);
  await page.locator("main").getByLabel("Password").fill(noor.password);
  await page.locator("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Keep my account" }).press("Enter");
  await expect(page.getByText("Your account stays, as it was.")).toBeVisible();
  await expect.poll(async () => (await page.request.get(`/people/${noor.handle}`)).status()).toBe(200);
});
