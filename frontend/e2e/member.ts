// A person of a test, who acts through the public API: what a test needs to be
// there before it begins, and what others do while it looks on.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { APIRequestContext, APIResponse, PlaywrightWorkerArgs } from "@playwright/test";
import { expect } from "@playwright/test";
import type { components } from "../src/lib/wire.gen";

type Schemas = components["schemas"];
/** Idea is an idea as the API tells it. */
export type Idea = Schemas["Idea"];
/** Tally is one idea's figures. */
export type Tally = Schemas["OpenTally"];

let made = 0;

/** mark is a word that nothing else on the board has; it only has letters, so that it is one word to the search. */
export function mark(): string {
  const number = BigInt(process.pid) * 100_000_000n + BigInt(Date.now() % 10_000_000) * 10n + BigInt(made++);
  return [...number.toString()].map((digit) => "bdfghklmnr"[Number(digit)]).join("");
}

/** program is the server under test; SERVER names another than the one make builds. */
export const program = process.env.SERVER ?? fileURLToPath(new URL("../../bin/server", import.meta.url));

const run = promisify(execFile);

/** server runs a command of bin/server beside the one that serves. */
export async function server(...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, {
    env: { ...process.env, DATABASE_URL: "" },
  });
  return stdout;
}

/** Member is somebody with an account. */
export class Member {
  private constructor(
    private readonly api: APIRequestContext,
    readonly name: string,
    readonly email: string,
    readonly password: string,
    readonly handle: string,
  ) {}

  /** somebody makes up who is not there yet. */
  static somebody(name = "Noor"): { name: string; email: string; password: string } {
    const word = mark();
    return {
      name: `${name} ${word}`,
      email: `${name.toLowerCase()}-${word}@example.org`,
      password: `board ${word} key`,
    };
  }

  /** signUp makes an account. */
  static async signUp(playwright: PlaywrightWorkerArgs["playwright"], baseURL: string, name?: string): Promise<Member> {
    const { email, password, name: full } = Member.somebody(name);
    const api = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Origin: new URL(baseURL).origin } });
    const answer = await api.post("/api/v1/accounts", { data: { email, password, name: full } });
    const { handle } = await read<{ handle: string }>(answer, 201);
    return new Member(api, full, email, password, handle);
  }

  /** promoted gives a role, which ends every session, and signs in again. */
  async promoted(role: "team" | "moderator" | "admin"): Promise<this> {
    await server("user", "promote", this.email, role);
    await read(await this.api.post("/api/v1/session", { data: { email: this.email, password: this.password } }), 200);
    return this;
  }

  /** state is what a browser needs to be this person. */
  state() {
    return this.api.storageState();
  }

  /** leave ends what the test holds of them. */
  leave(): Promise<void> {
    return this.api.dispose();
  }

  /** propose puts an idea on the board. */
  async propose(idea: Partial<Schemas["IdeaInput"]> = {}): Promise<Idea> {
    const data = {
      title: `A lamp for ${mark()}`,
      story_html: "<p>In the evening there is no light where it is needed most.</p>",
      accept_terms: true,
      ...idea,
    };
    return read(await this.api.post("/api/v1/ideas", { data }), 201);
  }

  /** idea reads one as this person sees it. */
  async idea(id: number): Promise<Idea> {
    return read(await this.api.get(`/api/v1/ideas/${id}`), 200);
  }

  /** drafts lists what is not on the board yet. */
  async drafts(): Promise<Idea[]> {
    const { items } = await read<{ items: Idea[] }>(await this.api.get("/api/v1/me/ideas"), 200);
    return items.filter(({ status }) => status === "draft");
  }

  /** picture uploads one. */
  async picture(file: Buffer, name = "sketch.png"): Promise<Schemas["Image"]> {
    const image = { name, mimeType: "image/png", buffer: file };
    return read(await this.api.post("/api/v1/images", { multipart: { image } }), 201);
  }

  /** vote casts this person's vote. */
  async vote(id: number, wouldBuy = false): Promise<void> {
    await read(await this.api.put(`/api/v1/ideas/${id}/vote`, { data: { would_buy: wouldBuy } }), 200);
  }

  /** say says something about an idea, or answers a comment. */
  async say(idea: number, html: string, more: Partial<Schemas["CommentInput"]> = {}): Promise<Schemas["Comment"]> {
    return read(await this.api.post(`/api/v1/ideas/${idea}/comments`, { data: { html, ...more } }), 201);
  }

  /** score casts this person's score. */
  async score(id: number, score: number): Promise<void> {
    await read(await this.api.put(`/api/v1/ideas/${id}/vote`, { data: { score } }), 200);
  }

  /** tally reads the figures of an idea. */
  async tally(id: number): Promise<Tally> {
    return read(await this.api.get(`/api/v1/ideas/${id}/tally`), 200);
  }

  /** decide moves an idea, as the team. */
  async decide(id: number, decision: Schemas["DecisionInput"]): Promise<Schemas["DecisionResult"]> {
    return read(await this.api.post(`/api/v1/ideas/${id}/decision`, { data: decision }), 200);
  }

  /** revise changes an idea. */
  async revise(id: number, change: Schemas["IdeaPatch"]): Promise<Idea> {
    return read(await this.api.patch(`/api/v1/ideas/${id}`, { data: change }), 200);
  }

  /** template keeps an answer for later, as the team. */
  async template(data: Schemas["AnswerTemplateInput"]): Promise<{ id: number }> {
    return read(await this.api.post("/api/v1/answer-templates", { data }), 201);
  }

  /** signOut ends the session everywhere this person's state went. */
  async signOut(): Promise<void> {
    await read(await this.api.delete("/api/v1/session"), 204);
  }
}

async function read<T>(answer: APIResponse, status: number): Promise<T> {
  const text = await answer.text();
  expect(answer.status(), `${answer.url()} answers ${text}`).toBe(status);
  return (text ? JSON.parse(text) : undefined) as T;
}
