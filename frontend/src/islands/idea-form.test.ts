import { beforeEach, expect, test, vi } from "vitest";
import { draw, one, type Reply, refusal, server, tick } from "../testing/page";
import "./idea-form";

const form = ({ action = "/ideas", draft = "", title = "", story = "" } = {}) => `
  <form data-island="idea-form" data-draft="${draft}" method="post" action="${action}">
    <input name="csrf" type="hidden" value="secret"><input name="title" value="${title}"><textarea name="story">${story}</textarea>
    <select name="topic"><option value=""></option><option value="kitchen"></option></select><input name="tags">
    <button name="act" value="submit">Send</button><p data-saved></p>
  </form>`;

const texts = {
  "islands.draft.saved": "Saved at {time}.",
  "islands.draft.kept": "Kept here.",
  "islands.draft.signed_out": "Signed out, kept here.",
  "islands.draft.restored": "Put back.",
  "islands.draft.offline": "Offline, kept here.",
};
const member = { signedIn: true, account: 7, texts };
const created: Reply = { status: 201, body: { id: 42 } };
const note = () => one("[data-saved]").textContent;

function type(name: string, value: string): void {
  const field = one<HTMLInputElement>(`[name="${name}"]`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const later = (ms = 1_500) => vi.advanceTimersByTimeAsync(ms).then(tick);

beforeEach(() => {
  vi.useFakeTimers();
});

test("a member's writing becomes a draft, and then goes on as that", async () => {
  const calls = server(({ method }) => (method === "POST" ? created : { status: 200, body: { id: 42 } }));
  await draw(form(), member);
  type("title", "A kettle");
  type("tags", "solar, outdoors ,");
  await later();
  type("story", "One\n\ntwo & three");
  await later();
  expect(calls).toMatchObject([
    { method: "POST", path: "/api/v1/ideas", body: { title: "A kettle", draft: true, tags: ["solar", "outdoors"] } },
    { method: "PATCH", path: "/api/v1/ideas/42", body: { story_html: "<p>One</p><p>two &amp; three</p>" } },
  ]);
  expect(calls[1]!.body).not.toHaveProperty("draft");
  expect(one("form").getAttribute("action")).toBe("/ideas/42/edit");
  expect(note()).toMatch(/^Saved at/);
});

test("a reload puts everything back and goes on with the same draft", async () => {
  const calls = server(() => created);
  await draw(form(), member);
  type("title", "A kettle");
  await later();
  type("title", "A kettle for the sun"); // the page is gone before this is saved
  await draw(form(), member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("A kettle for the sun");
  expect(note()).toBe("Put back.");
  type("story", "More");
  await later();
  expect(calls.at(-1)).toMatchObject({ method: "PATCH", path: "/api/v1/ideas/42" });
});

test("what was typed before the script came is kept, saved, and put back", async () => {
  const calls = server(() => created);
  await draw("<main></main>", member);
  const parsed = new DOMParser().parseFromString(form(), "text/html");
  one("main").append(document.importNode(parsed.body.firstElementChild!, true));
  one<HTMLInputElement>('[name="title"]').value = "A quick kettle"; // the island starts after this turn
  await tick();
  await later();
  expect(calls).toMatchObject([{ method: "POST", body: { title: "A quick kettle" } }]);
  await draw(form(), member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("A quick kettle");
  expect(note()).toBe("Put back.");
});

test("a visitor's writing stays in the browser, and is there after signing in", async () => {
  const calls = server(() => created);
  await draw(form(), { texts });
  type("title", "A kettle");
  await later();
  expect(calls).toHaveLength(0);
  expect(note()).toBe("Kept here.");
  await draw(form(), member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("A kettle");
});

test("one member's writing is not shown to another", async () => {
  server(() => created);
  await draw(form(), member);
  type("title", "A kettle");
  await draw(form(), { ...member, account: 8 });
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("");
});

test("nothing is lost when the session has ended, and it is said", async () => {
  server(() => refusal(401, "Sign in."));
  await draw(form(), member);
  type("title", "A kettle");
  await later();
  expect(note()).toBe("Signed out, kept here.");
  await draw(form(), member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("A kettle");
});

test("without network it is kept, and saved once there is one", async () => {
  let reply: Reply = "nothing";
  const calls = server(() => reply);
  await draw(form(), member);
  type("title", "A kettle");
  await later();
  expect(note()).toBe("Offline, kept here.");
  reply = created;
  window.dispatchEvent(new Event("online"));
  await later();
  expect(calls.at(-1)).toMatchObject({ method: "POST" });
  expect(note()).toMatch(/^Saved at/);
});

test("editing a public idea saves nothing on the server", async () => {
  const calls = server(() => created);
  const page = form({ action: "/ideas/9/edit", title: "Old" });
  await draw(page, member);
  type("title", "New");
  await later();
  expect(calls).toHaveLength(0);
  await draw(page, member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("New");
});

test("what the server draws after a refusal wins over the copy", async () => {
  server(() => created);
  await draw(form(), member);
  type("title", "A kettle");
  await draw(form({ title: "What was sent" }), member);
  expect(one<HTMLInputElement>('[name="title"]').value).toBe("What was sent");
});

test("sending waits for the save under way, so that there is one idea", async () => {
  let reply = (_: Reply) => {};
  server(
    () =>
      new Promise((resolve) => {
        reply = resolve;
      }),
  );
  await draw(form(), member);
  const again = vi.spyOn(HTMLFormElement.prototype, "requestSubmit").mockImplementation(() => {});
  type("title", "A kettle");
  await later();
  const event = new Event("submit", { cancelable: true });
  one("form").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  expect(again).not.toHaveBeenCalled();
  reply(created);
  await tick();
  expect(again).toHaveBeenCalledOnce();
  expect(one("form").getAttribute("action")).toBe("/ideas/42/edit");
});

test("the proof of origin is not kept", async () => {
  server(() => created);
  await draw(form(), member);
  type("title", "A kettle");
  const kept = localStorage.getItem("draft:7:/ideas");
  expect(kept).toContain("A kettle");
  expect(kept).not.toContain("secret");
});
