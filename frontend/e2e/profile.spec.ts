// A profile as a stage: dressed by its owner, looked at by strangers, and gone
// for them once its owner hides.
import { everywhere } from "./axe";
import { expect, test } from "./fixtures";
import { sketch } from "./sketch";

test("a profile is dressed, seen by a stranger, and hides", async ({ member, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const page = await visit(noor);

  await page.goto("/settings/profile");
  await page.getByLabel("Cover picture").setInputFiles({ name: "cover.png", mimeType: "image/png", buffer: sketch(7) });
  const bio = page.getByRole("textbox", { name: "About you" });
  await bio.fill("I make lamps that one plants.");
  await page.getByLabel("Links").fill("https://lamps.example/planted");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  expect(await everywhere(page)).toEqual([]);

  const stranger = await visit();
  await stranger.goto(`/people/${noor.handle}`);
  await expect(stranger.getByRole("heading", { level: 1, name: noor.name })).toBeVisible();
  await expect(stranger.getByText("I make lamps that one plants.").first()).toBeVisible();
  await expect(stranger.getByRole("link", { name: "lamps.example/planted" })).toHaveAttribute("rel", /nofollow/);
  await expect(stranger.locator(".stage-cover img")).toBeVisible();
  expect(
    JSON.parse((await stranger.locator('script[type="application/ld+json"]').textContent()) ?? "{}")["@type"],
  ).toBe("ProfilePage");
  expect(await everywhere(stranger)).toEqual([]);

  await page.goto("/settings/profile");
  await page.getByRole("radio", { name: /Hidden/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "View as others" }).click();
  await expect(page.getByRole("heading", { name: "Others find no profile here" })).toBeVisible();
  expect(await everywhere(page)).toEqual([]);

  expect((await stranger.goto(`/people/${noor.handle}`))?.status()).toBe(404);
  await stranger.goto(idea.url);
  await expect(stranger.getByText(noor.name).first()).toBeVisible();
  expect(await stranger.content()).not.toContain(noor.handle);
});
