// Word of mouth: a frame on another origin, the share sheet with a link of one's
// own, the poster, and what stands where no script runs.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { everywhere, violations } from "./axe";
import { test as base, expect } from "./fixtures";
import { mark } from "./member";

// A site that is not ours: another host and another port, with one page.
const test = base.extend<{ elsewhere: (html: string) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright wants a pattern
  elsewhere: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (html) => {
      const server = createServer((_, answer) => {
        answer.setHeader("Content-Type", "text/html; charset=utf-8");
        answer.end(
          `<!DOCTYPE html><html lang="en"><head><title>Elsewhere</title></head><body><h1>Elsewhere</h1>${html}</body></html>`,
        );
      });
      servers.push(server);
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    for (const server of servers) server.close();
  },
});

test("a frame on another site moves with a vote cast elsewhere", async ({ browser, baseURL, member, elsewhere }) => {
  const noor = await member();
  const idea = await noor.propose({ title: `A lamp for ${mark()}` });
  const address = await elsewhere(
    `<iframe src="${baseURL}/embed/ideas/${idea.id}" width="560" height="236" title="An idea"></iframe>
     <iframe src="${baseURL}/ideas/${idea.id}" width="560" height="236" title="A page that may not"></iframe>`,
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const frame = page.frameLocator('iframe[title="An idea"]');
  await expect(frame.getByRole("heading", { name: idea.title })).toBeVisible();
  await expect(frame.locator("[data-figure]")).toHaveText("0");
  // The frame takes no votes and leads to the board in a new tab.
  await expect(frame.locator("form")).toHaveCount(0);
  await expect(frame.getByRole("link", { name: /Vote for it/ })).toHaveAttribute("target", "_blank");
  // Every other page of ours stays out of frames.
  await expect(page.frameLocator('iframe[title="A page that may not"]').locator(".idea-page")).toHaveCount(0);

  const piet = await member("Piet");
  await piet.vote(idea.id);
  await expect(frame.locator("[data-figure]")).toHaveText("1");
  await expect(frame.getByText("customer wants this made")).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test("without script a frame is the drawn picture, and a sandbox still shows the number", async ({
  browser,
  baseURL,
  member,
  elsewhere,
}) => {
  const noor = await member();
  const idea = await noor.propose({ title: `A lamp for ${mark()}` });
  const address = await elsewhere(
    `<iframe src="${baseURL}/embed/ideas/${idea.id}" width="560" height="236" title="An idea" sandbox="allow-scripts"></iframe>`,
  );
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${baseURL}/embed/ideas/${idea.id}`);
  const picture = page.getByRole("img", { name: new RegExp(idea.title) });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  await expect(page.locator("main.embed")).toBeHidden();
  await plain.close();

  const sandboxed = await browser.newContext();
  const other = await sandboxed.newPage();
  await other.goto(address);
  const frame = other.frameLocator("iframe");
  await expect(frame.locator("[data-figure]")).toHaveText("0");
  await expect(frame.locator("main.embed")).toHaveCSS("display", "grid"); // it is styled
  await sandboxed.close();
});

test("a member's own link says how many votes it brought", async ({ member, visit }) => {
  const noor = await member();
  const piet = await member("Piet");
  const idea = await noor.propose({ title: `A lamp for ${mark()}` });

  const page = await visit(noor);
  await page.goto(`/ideas/${idea.id}`);
  const sheet = page.locator(".share-sheet");
  await sheet.locator("summary").first().click();
  const link = await sheet.getByLabel("Your own link to this idea").inputValue();
  expect(link).toContain("?via=");
  await expect(sheet.getByText("here you will see how many votes it brings")).toBeVisible();
  await expect(sheet.getByRole("img", { name: new RegExp(idea.title) })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet.getByLabel("Your own link to this idea")).toBeHidden();

  const follower = await visit(piet);
  await follower.goto(link);
  await follower.getByRole("button", { name: "I want this made" }).click();
  await expect(follower.locator(".vote-panel .tally b")).toHaveText("1");

  await expect
    .poll(async () => {
      await page.reload();
      await sheet.locator("summary").first().click();
      return sheet.locator(".share-line .hint").first().textContent();
    })
    .toContain("Your link brought 1 vote.");

  // What the sharer sees is for the sharer: another member has another link.
  const other = await visit(piet);
  await other.goto(`/ideas/${idea.id}/share`);
  await expect(other.getByLabel("Your own link to this idea")).not.toHaveValue(link);
  await expect(other.getByText("Your link brought")).toHaveCount(0);
});

test("axe finds nothing in a frame, on the share page and on the poster", async ({ page, member, baseURL }) => {
  const noor = await member();
  const idea = await noor.propose({ title: `A lamp for ${mark()}` });
  for (const address of [
    `/embed/ideas/${idea.id}`,
    `/embed/ideas/${idea.id}?theme=dark&lang=nl`,
    `/ideas/${idea.id}/share`,
    `/ideas/${idea.id}/poster`,
  ]) {
    await page.goto(address);
    expect(await everywhere(page), address).toEqual([]);
  }
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.goto(`/ideas/${idea.id}`);
  await page.locator(".share-sheet > summary").click();
  expect(await violations(page)).toEqual([]);
  expect(await (await page.request.get(`${baseURL}/embed/ideas/0`)).text()).toContain("not here");
});

test("the poster has a code to scan and prints on one sheet", async ({ page, member }) => {
  const noor = await member();
  const idea = await noor.propose({ title: `A lamp for ${mark()}` });
  await page.goto(`/ideas/${idea.id}/share`);
  await page.getByRole("link", { name: "Poster" }).click();
  await expect(page.getByRole("img", { name: /Code that leads to/ })).toBeVisible();
  await expect(page.getByText("Would you vote for it?")).toBeVisible();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
