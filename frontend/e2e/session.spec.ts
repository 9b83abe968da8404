// A session that ends while somebody is busy takes nothing with it.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("what is typed survives a session that ends meanwhile", async ({ member, visit }) => {
  const noor = await member();
  const word = mark();
  const page = await visit(noor);
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill(`Sled for ${word}`);
  await expect(page.locator("[data-saved]")).toContainText("Saved as a draft at");
  await noor.signOut();
  await page.getByRole("textbox", { name: "Story" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Snow is rare, so a sled has to fold flat.");
  await expect(page.locator("[data-saved]")).toContainText("You are signed out.");
  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();

  await expect(page.getByText("Your idea is kept as a draft and waits for you.")).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail address" }).first().fill(noor.email);
  await page.getByLabel("Password").fill(noor.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(`Sled for ${word}`);
  await page.getByRole("textbox", { name: "Story" }).click();
  await expect(page.locator(".editor")).toContainText("Snow is rare, so a sled has to fold flat.");
  await page.getByRole("checkbox", { name: /house rules/ }).check();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sled for ${word}`);
});

test("a vote after the session ended waits for signing in", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const jan = await member("Jan");
  const page = await visit(jan);
  await page.goto(idea.url);
  await jan.signOut();
  await page.getByRole("button", { name: "I want this made" }).click();
  await expect(page.getByText(`Your vote for “${idea.title}” is kept`)).toBeVisible();
});

test("without a connection what is typed is kept, and saved when it is back", async ({ member, visit }) => {
  const noor = await member();
  const word = mark();
  const page = await visit(noor);
  await page.goto("/ideas/new");
  await page.getByLabel("Title", { exact: true }).fill("Torch");
  await expect(page.locator("[data-saved]")).toContainText("Saved as a draft at");
  await page.context().setOffline(true);
  await page.getByLabel("Title", { exact: true }).fill(`Torch for ${word}`);
  await expect(page.locator("[data-saved]")).toContainText("No connection.");
  await page.context().setOffline(false);
  await expect(page.locator("[data-saved]")).toContainText("Saved as a draft at");
  expect((await noor.drafts()).map(({ title }) => title)).toEqual([`Torch for ${word}`]);
});

test("signing out, forgetting the password and setting a new one", async ({ member, visit }) => {
  const noor = await member();
  const page = await visit(noor);
  await page.goto("/");
  await page.locator(".bar details.menu > summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator(".bar").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail address").fill(noor.email);
  await page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(page.getByRole("heading", { name: "Look in your mail for the link" })).toBeVisible();
  const mail = page.locator("li").filter({ hasText: noor.email }).getByRole("link");
  await expect(async () => {
    await page.goto("/dev/mail");
    await expect(mail.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.first().click();
  await page.locator("a[href*='/reset?token=']").click();
  await page.getByLabel("New password").fill(`${noor.password} anew`);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await expect(page.locator(".bar details.menu")).toBeVisible();
});
