// Voting before signing in, which is the same journey with script and without.
import { expect, test } from "./fixtures";
import { mark } from "./member";

/** votesBeforeSigningIn registers the journey's tests. */
export function votesBeforeSigningIn(): void {
  test("a vote cast before there was an account counts once there is one", async ({ page, member }) => {
    const tomas = await member("Tomas");
    const idea = await tomas.propose();
    const word = mark();
    await page.goto(idea.url);
    await page.getByRole("checkbox", { name: "I would buy it" }).check();
    await page.getByRole("button", { name: "I want this made" }).click();
    await expect(page.getByText(`Your vote for “${idea.title}” is kept`)).toBeVisible();
    await page.getByRole("link", { name: "Make an account" }).click();
    await expect(page.getByRole("checkbox", { name: /Also cast my vote/ })).toBeChecked();
    await page.getByLabel("Name", { exact: true }).fill(`Jan ${word}`);
    await page.getByLabel("E-mail address").fill(`jan-${word}@example.org`);
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Make my account" }).click();
    await expect(page.getByRole("alert"), "the choice also survives a refused form").toBeVisible();
    await page.getByLabel("Password").fill(`board ${word} key`);
    await page.getByRole("button", { name: "Make my account" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(idea.title);
    await expect(page.getByRole("button", { name: "I want this made" })).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("checkbox", { name: "I would buy it" })).toBeChecked();
    expect(await tomas.tally(idea.id)).toMatchObject({ voters: 1, would_buy: 1 });
  });

  test("a vote cast on the board before signing in counts afterwards", async ({ page, member }) => {
    const tomas = await member("Tomas");
    const idea = await tomas.propose();
    const jan = await member("Jan");
    const board = `/?q=${idea.title.split(" ").at(-1)}`;
    await page.goto(board);
    await page.getByRole("button", { name: `Support “${idea.title}”` }).click();
    await page.getByRole("textbox", { name: "E-mail address" }).first().fill(jan.email);
    await page.getByLabel("Password").fill(jan.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const vote = page.getByRole("button", { name: `Support “${idea.title}”` });
    await expect(vote).toHaveAttribute("aria-pressed", "true");
    await expect(vote).toContainText("1");
    expect((await tomas.tally(idea.id)).voters).toBe(1);
  });

  test("a kept vote is not cast when its tick is taken away", async ({ page, member }) => {
    const tomas = await member("Tomas");
    const idea = await tomas.propose();
    const jan = await member("Jan");
    await page.goto(idea.url);
    await page.getByRole("button", { name: "I want this made" }).click();
    await page.getByRole("textbox", { name: "E-mail address" }).first().fill(jan.email);
    await page.getByLabel("Password").fill(jan.password);
    await page.getByRole("checkbox", { name: /Also cast my vote/ }).uncheck();
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(idea.title);
    expect((await tomas.tally(idea.id)).voters).toBe(0);
  });
}
