// The mails that the program wrote, as its mailbox of development shows them.
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

/** mails are the links to what went to an address with these words in its subject. */
export const mails = (page: Page, email: string, words: string): Locator =>
  page.getByRole("listitem").filter({ hasText: email }).filter({ hasText: words }).getByRole("link");

/** arrived waits until as many have come, and no more. */
export async function arrived(page: Page, email: string, words: string, count: number): Promise<void> {
  await expect(async () => {
    await page.goto("/dev/mail");
    await expect(mails(page, email, words)).toHaveCount(count, { timeout: 500 });
  }, `${count} mails to ${email} about ${words}`).toPass({ timeout: 40_000 });
}
