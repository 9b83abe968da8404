// What every browser test starts from. Tests import `test` and `expect` from
// here: a page that breaks its own security policy, throws, misses a file or
// asks another host for anything fails its test.
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { Member } from "./member";

export { expect };

/** Visit opens a page in a browser of its own: a visitor's, or a member's. */
export type Visit = (who?: Member, options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  /** visit opens further browsers. */
  visit: Visit;
  /** member makes an account nobody has been yet. */
  member: (name?: string) => Promise<Member>;
  /** team makes one of the product team. */
  team: (name?: string) => Promise<Member>;
}

/** test gives each test a watched page, and people of its own. */
export const test = base.extend<Fixtures>({
  context: async ({ context, baseURL }, use) => {
    const faults = await watch(context, baseURL!);
    await use(context);
    expect(faults, "what the browser complained about").toEqual([]);
  },

  visit: async ({ browser, baseURL }, use) => {
    const opened: { context: BrowserContext; faults: string[] }[] = [];
    await use(async (who, options) => {
      const context = await enter(browser, who, options);
      opened.push({ context, faults: await watch(context, baseURL!) });
      return context.newPage();
    });
    for (const { context } of opened) await context.close();
    expect(
      opened.flatMap(({ faults }) => faults),
      "what the browsers complained about",
    ).toEqual([]);
  },

  member: async ({ playwright, baseURL }, use) => {
    const made: Member[] = [];
    await use(async (name) => {
      const member = await Member.signUp(playwright, baseURL!, name);
      made.push(member);
      return member;
    });
    for (const member of made) await member.leave();
  },

  team: async ({ member }, use) => {
    await use(async (name = "Ilse") => (await member(name)).promoted("team"));
  },
});

async function enter(browser: Browser, who?: Member, options?: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ ...options, ...(who && { storageState: await who.state() }) });
}

/** watch collects what a browser complains about. */
async function watch(context: BrowserContext, baseURL: string): Promise<string[]> {
  const faults: string[] = [];
  const home = new URL(baseURL).host;
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // biome-ignore lint/suspicious/noConsole: the console is how the page tells the test
      console.error(`Content-Security-Policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("weberror", (error) => {
    const { stack, name, message } = error.error();
    // The fade between two pages, which the browser leaves out when a test resizes its window.
    if (name === "InvalidStateError" && message.startsWith("Transition was aborted")) return;
    faults.push(`script failed: ${stack || `${name}: ${message}`}`);
  });
  context.on("console", (message) => {
    if (/Content.Security.Policy|Trusted(HTML|Script|Type)/i.test(message.text())) faults.push(message.text());
  });
  const elsewhere = (url: string) => {
    const { host, protocol } = new URL(url);
    if (host !== home && !["blob:", "data:"].includes(protocol)) faults.push(`asked another host: ${url}`);
  };
  context.on("request", (request) => elsewhere(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => elsewhere(socket.url())));
  context.on("response", (answer) => {
    const kind = answer.request().resourceType();
    if (answer.status() >= 400 && ["image", "script", "stylesheet", "font"].includes(kind))
      faults.push(`${answer.status()} for ${answer.url()}`);
  });
  return faults;
}
