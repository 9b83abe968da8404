// Draws pages for tests, and plays the server.
import { vi } from "vitest";
import type { Page } from "../lib/page";

/** draw puts markup into the body, with what the server tells the script. */
export async function draw(markup: string, told: Partial<Page> = {}): Promise<void> {
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "page";
  script.textContent = JSON.stringify(told);
  const meta = document.createElement("meta");
  meta.name = "csrf";
  meta.content = "proof";
  document.head.replaceChildren(meta, script);
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  document.body.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
  await tick();
}

/** one finds the element of a selector, which must be there. */
export function one<E extends HTMLElement = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`no ${selector} on the page`);
  return found;
}

/** tick lets promises and observers run. */
export async function tick(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
  await vi.dynamicImportSettled();
}

/** Call is one request that reached the server. */
export interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** Reply is what the server says to one: a status and a body, or no answer at all. */
export type Reply = { status: number; body?: unknown; type?: string; headers?: Record<string, string> } | "nothing";

/** server answers fetch by what reply says, and lists the calls. */
export function server(reply: (call: Call) => Reply | Promise<Reply>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const call = {
      method: init.method ?? "GET",
      path,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      headers: init.headers as Record<string, string>,
    };
    calls.push(call);
    const said = await reply(call);
    if (said === "nothing") throw new TypeError("no network");
    const type = said.type ?? (said.status < 400 ? "application/json" : "application/problem+json");
    const body = said.body === undefined ? null : JSON.stringify(said.body);
    return new Response(body, { status: said.status, headers: { "Content-Type": type, ...said.headers } });
  });
  return calls;
}

/** refusal is the server's answer with a sentence. */
export const refusal = (status: number, detail: string, more: object = {}): Reply => ({
  status,
  body: { type: "about:blank", title: "Refused", status, code: "test.refused", detail, ...more },
});
