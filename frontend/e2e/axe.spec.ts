// Every page, in both languages, in light on a desktop and in dark on a phone:
// axe finds nothing. With the watch of fixtures.ts, this is also where every page shows
// that it keeps to its policy and asks no other host for anything.
import type { Page } from "@playwright/test";
import { everywhere } from "./axe";
import { expect, test, type Visit } from "./fixtures";
import { type Idea, type Member, mark } from "./member";
import { sketch } from "./sketch";

const languages = { en: "en-GB", nl: "nl-NL" };
const slow = 150_000;

/** World is what there has to be for every page to have something to show. */
interface World {
  noor: Member;
  jan: Member;
  ilse: Member;
  idea: Idea;
  declined: Idea;
  adopted: Idea;
  draft: Idea;
  product: string;
  template: number;
  word: string;
}

const worlds = test.extend<{ world: World }>({
  world: async ({ member, team }, use) => {
    const word = mark();
    const [noor, jan, ilse] = [await member("Noor"), await member("Jan"), await team("Ilse")];
    const picture = await noor.picture(sketch(1));
    const another = await noor.picture(sketch(2));
    const idea = await noor.propose({
      title: `A kettle for ${word}`,
      story_html: `<h2>Why</h2><p>It <strong>pours</strong> to the <a href="https://example.org/left">wrong</a> side.</p>
        <ul><li>heavy</li><li>hot</li></ul><blockquote><p>Every morning.</p></blockquote>`,
      pictures: [
        { id: picture.id, alt: "A kettle" },
        { id: another.id, alt: "Its handle" },
      ],
      tags: ["kitchen", word.slice(0, 10)],
    });
    await jan.vote(idea.id, true);
    await noor.revise(idea.id, { title: `A kettle for all ${word}` });
    const declined = await noor.propose({ title: `A cup for ${word}` });
    await ilse.decide(declined.id, { status: "declined", answer_html: "<p>No.</p>", reason: "too_costly" });
    const adopted = await noor.propose({ title: `A jug for ${word}` });
    await jan.vote(adopted.id);
    const { product } = await ilse.decide(adopted.id, { status: "adopted", answer_html: "<p>Yes.</p>" });
    const draft = await noor.propose({ title: `A bowl for ${word}`, draft: true, accept_terms: undefined });
    const template = await ilse.template({
      name: `No ${word}`,
      status: "declined",
      reason: "timing",
      answer_html: "<p>Not now.</p>",
      lang: "en",
    });
    await use({ noor, jan, ilse, idea, declined, adopted, draft, product: product!.slug, template: template.id, word });
  },
});

/** look visits addresses and lists what axe finds on them. */
async function look(page: Page, addresses: string[], prepare?: (page: Page) => Promise<void>): Promise<void> {
  const found: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    await prepare?.(page);
    found.push(...(await everywhere(page)).map((violation) => `${address}: ${violation}`));
  }
  expect(found).toEqual([]);
}

const come = (visit: Visit, lang: keyof typeof languages, who?: Member) =>
  visit(who, { locale: languages[lang], reducedMotion: "reduce" });

for (const lang of ["en", "nl"] as const) {
  worlds(`a visitor's pages, ${lang}`, async ({ visit, world: w }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang);
    const { idea, declined, adopted, product, noor, word } = w;
    await look(page, ["/", `/?q=${word}`, `/?q=${word}xyz`, `/people/${noor.handle}`, "/people"]);
    await look(page, [idea.url, declined.url, adopted.url, "/made", `/made/${product}`]);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
  });

  worlds(`the pages to come in by, ${lang}`, async ({ visit, world: { idea, noor }, context }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang);
    const kept = encodeURIComponent(`/vote/kept?keep=${idea.id}&back=/`);
    await look(page, [`/sign-in?next=${kept}`, `/sign-up?next=${kept}`, "/forgot", "/ideas/new", "/how"]);
    await page.goto("/sign-up");
    await page
      .locator("main form")
      .first()
      .evaluate((form: HTMLFormElement) => {
        form.noValidate = true;
        form.requestSubmit();
      });
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await everywhere(page), "refused sign-up").toEqual([]);
    await page.goto("/forgot");
    await page.locator("#f-email").fill(noor.email);
    await page
      .locator("main form")
      .first()
      .evaluate((form: HTMLFormElement) => form.requestSubmit());
    await expect(page.locator("#f-email")).toHaveCount(0);
    await page.waitForLoadState();
    expect(await everywhere(page), "the mail is on its way").toEqual([]);
    const mailbox = await context.newPage();
    const letter = mailbox.locator("li").filter({ hasText: noor.email }).getByRole("link").first();
    await expect(async () => {
      await mailbox.goto("/dev/mail");
      await expect(letter).toBeVisible({ timeout: 500 });
    }).toPass();
    const address = (await letter.getAttribute("href"))!;
    await mailbox.goto(address);
    const reset = (await mailbox.locator("a[href*='/reset?token=']").getAttribute("href"))!;
    await look(page, ["/dev/mail", address, new URL(reset).pathname + new URL(reset).search]);
  });

  worlds(`a member's pages, ${lang}`, async ({ visit, world: { noor, jan, draft, idea } }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang, noor);
    await look(page, [idea.url, draft.url, "/mine/ideas", "/mine/votes", `/people/${noor.handle}`]);
    await look(page, [`/ideas/${idea.id}/edit`, `/ideas/${idea.id}/versions`]);
    await look(page, [`/ideas/${draft.id}/edit`], async (page) => {
      await page.locator("#f-story").click();
      await expect(page.locator(".editor")).toBeVisible();
    });
    await page.locator("main form button[value=submit]").click();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await everywhere(page), "refused form").toEqual([]);
    await look(await come(visit, lang, jan), ["/mine/ideas", "/mine/votes"]);
  });

  worlds(`the settings, ${lang}`, async ({ visit, world: { noor } }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang, noor);
    await look(page, ["/settings/profile", "/settings/password", "/settings/sessions", "/settings/tokens"]);
    await page.locator("#f-name").fill("A program");
    await page
      .locator("main form")
      .last()
      .evaluate((form: HTMLFormElement) => form.requestSubmit());
    await expect(page.locator("code.token")).toBeVisible();
    expect(await everywhere(page), "the new token").toEqual([]);
  });

  worlds(`the team's pages, ${lang}`, async ({ visit, world: { ilse, idea, adopted, product, template, word } }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang, ilse);
    await look(page, [`/studio?q=${word}`, "/studio?q=nothingatall", "/studio/templates"]);
    await look(page, [`/studio/templates/${template}`, idea.url, adopted.url, `/made/${product}`]);
    await page.goto(idea.url);
    await page.locator("#f-status").selectOption("declined");
    await page.locator("#decide button.red").click();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await everywhere(page), "refused decision").toEqual([]);
  });

  worlds(`error pages, menus and dialogs, ${lang}`, async ({ visit, world: { jan, noor, idea, word } }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang);
    await look(page, [
      "/nothing-here",
      "/ideas/999999999-gone",
      "/people/nobody-at-all-here",
      "/?after=broken",
      "/reset?token=x",
    ]);
    const member = await come(visit, lang, jan);
    await look(member, ["/studio", `/ideas/${idea.id}/edit`, `/?q=${word}`], async (page) => {
      for (const menu of await page.locator("details.menu > summary").all()) await menu.click();
    });
    await member.goto(`/?q=${word}`);
    await member.keyboard.press("?");
    await expect(member.getByRole("dialog")).toBeVisible();
    expect(await everywhere(member), "the keys").toEqual([]);
    await member.goto(idea.url);
    await member.locator(".gallery .cover a").click();
    await expect(member.getByRole("dialog").getByRole("img")).toBeVisible();
    expect(await everywhere(member), "the pictures").toEqual([]);
    const own = await come(visit, lang, noor);
    await own.goto(idea.url);
    await own.locator(".own form button").click();
    await expect(own.getByRole("dialog")).toBeVisible();
    expect(await everywhere(own), "a question").toEqual([]);
  });

  worlds(`the community's pages, ${lang}`, async ({ visit, world: { noor, jan, idea, word }, member }) => {
    test.setTimeout(slow);
    const said = await jan.say(idea.id, "<p>Give it a hinge.</p>", { kind: "suggestion", stance: "for" });
    await noor.say(idea.id, "<p>A good one.</p>", { answers: said.id });
    const page = await come(visit, lang, jan);
    await look(page, [`${idea.url}?view=sides`, `/people?q=${word}`, "/people?among=new", "/people?period=all"]);
    await look(page, ["/inbox", "/mine/drafts", "/mine/comments", "/mine/co-created", "/mine/following"]);
    await look(page, ["/settings/notifications", "/settings/data", "/settings/erase", `/search?q=${word}`]);
    await look(page, [`/people/${noor.handle}/standing`, `/ideas/${idea.id}/share`]);
    const admin = await (await member("Ada")).promoted("admin");
    await look(await come(visit, lang, admin), ["/studio/mail", "/dev/mail-samples"]);
  });

  test(`a round, from its call to what was made, ${lang}`, async ({ visit, team }) => {
    test.setTimeout(slow);
    const page = await come(visit, lang);
    const demo = "/challenges/light-for-the-night"; // its clock is the demo's
    await look(page, ["/challenges", demo, `${demo}/terms`, "/challenges/onderweg-met-een-hand/results"]);
    const desk = await come(visit, lang, await team("Ilse"));
    await look(desk, ["/studio/challenges", "/studio/challenges/new", "/studio/inbox", "/studio/overdue"]);
    await look(desk, ["/studio/insights", "/studio/ideas/new", "/studio/shortlists"]);
    const list = await desk.getByRole("link", { name: "Autumn round" }).getAttribute("href");
    await look(desk, [list!, `${list}/compare`, `${list}/decisions`]);
  });

  test(`the API's page, ${lang}`, async ({ visit }) => {
    test.setTimeout(slow);
    await look(await come(visit, lang), ["/api/docs"]);
  });
}

test("the style guide", async ({ visit }) => {
  test.setTimeout(slow);
  await look(await come(visit, "en"), ["/styleguide"]);
});
