// Numbers and statuses that move on other people's screens.
import type { Page, WebSocketRoute } from "@playwright/test";
import { expect, test } from "./fixtures";

/** open shows a page that hears of the idea: the first tally has come over its socket. */
async function open(page: Page, path: string, idea: number): Promise<void> {
  const heard = page.waitForEvent("websocket").then((socket) =>
    socket.waitForEvent("framereceived", {
      predicate: ({ payload }) => String(payload).includes(`"idea":${idea},`),
    }),
  );
  await page.goto(path);
  await heard;
}

const voters = (page: Page, idea: number) => page.locator(`[data-tally="${idea}"][data-field="voters"]`).first();

test("one vote moves the tally on the board, the idea and the profile within a second", async ({ member, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const places = [`/?q=${idea.title.split(" ").at(-1)}`, idea.url, `/people/${noor.handle}`];
  const watching = await Promise.all(places.map(() => visit()));
  await Promise.all(watching.map((page, i) => open(page, places[i]!, idea.id)));
  const jan = await visit(await member("Jan"));
  await open(jan, idea.url, idea.id);

  const move = async (name: string, to: string) => {
    const stored = jan.waitForResponse(/\/vote$/);
    await jan.getByRole("button", { name }).click();
    await stored;
    await Promise.all(watching.map((page) => expect(voters(page, idea.id)).toHaveText(to, { timeout: 1_000 })));
  };
  await move("I want this made", "1");
  await move("I want this made", "0");
});

test("two people vote at once and both see both", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const pages = [await visit(await member("Jan")), await visit(await member("Mei"))];
  for (const page of pages) await open(page, idea.url, idea.id);
  await Promise.all(pages.map((page) => page.getByRole("button", { name: "I want this made" }).click()));
  for (const page of pages) {
    await expect(voters(page, idea.id)).toHaveText("2");
    await expect(page.getByRole("button", { name: "I want this made" })).toHaveAttribute("aria-pressed", "true");
  }
});

test("a vote in one window shows in the same person's other window", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const jan = await member("Jan");
  const [page, other] = [await visit(jan), await visit()];
  await open(other, idea.url, idea.id);
  await page.goto(idea.url);
  await page.getByRole("button", { name: "I want this made" }).click();
  await expect(voters(other, idea.id)).toHaveText("1");
  await page.goBack();
  await page.goto(`/?q=${idea.title.split(" ").at(-1)}`);
  await expect(page.getByRole("button", { name: `Support “${idea.title}”` })).toHaveAttribute("aria-pressed", "true");
});

test("after its socket was cut a page comes back by itself and catches up", async ({ page, member }) => {
  const idea = await (await member("Tomas")).propose();
  const sockets: { page: WebSocketRoute; server: WebSocketRoute }[] = [];
  await page.routeWebSocket("/live", (socket) => {
    sockets.push({ page: socket, server: socket.connectToServer() });
  });
  await page.goto(idea.url);
  await expect.poll(() => sockets.length).toBe(1);
  await (await member("Jan")).vote(idea.id);
  await expect(voters(page, idea.id)).toHaveText("1");

  const mei = await member("Mei");
  const kofi = await member("Kofi");
  await sockets[0]!.server.close();
  await sockets[0]!.page.close({ code: 1012, reason: "spread=0" });
  await Promise.all([mei.vote(idea.id), kofi.vote(idea.id)]);
  await expect.poll(() => sockets.length, { message: "the page opens another socket" }).toBe(2);
  await expect(voters(page, idea.id)).toHaveText("3");
  await (await member("Aicha")).vote(idea.id);
  await expect(voters(page, idea.id), "and hears what comes after").toHaveText("4");
});

test("a new idea is announced on the board and nothing moves under the reader's hand", async ({ page, member }) => {
  const noor = await member();
  const shown = await noor.propose();
  await open(page, "/?order=newest", shown.id);
  const before = await page.locator("li.idea h3").allTextContents();
  const idea = await noor.propose();
  const fresh = page.locator('[data-island="new-ideas"]');
  await expect(fresh).toBeVisible();
  await expect(fresh).toContainText("new idea");
  expect(await page.locator("li.idea h3").allTextContents()).toEqual(before);
  await fresh.click();
  await expect(page.getByRole("link", { name: idea.title })).toBeVisible();
});

test("a page that goes to the background and returns is up to date", async ({ page, member }) => {
  const idea = await (await member("Tomas")).propose();
  await open(page, idea.url, idea.id);
  await page.goto("/how");
  await (await member("Jan")).vote(idea.id);
  await page.goBack();
  await expect(voters(page, idea.id)).toHaveText("1");
});
