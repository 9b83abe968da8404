import { expect, test, vi } from "vitest";
import { draw, one, type Reply, refusal, server, tick } from "../testing/page";
import "./vote-box";

const form = (id = "f", pressed = false) => `
  <form id="${id}" data-island="vote-box" data-idea="42" data-api="/api/v1/ideas/42/vote" method="post" action="/ideas/42/vote">
    <button name="act" value="${pressed ? "retract" : "cast"}" aria-pressed="${pressed}"><span data-tally="42" data-field="voters">10</span></button>
    <input type="checkbox" name="would_buy" value="1">
    <p data-vote-note></p>
  </form>`;

const member = { signedIn: true, account: 7, texts: { "islands.vote.goes_along": "Goes along." } };
const answer = (vote: object | null, voters: number): Reply => ({
  status: 200,
  body: {
    vote,
    tally: { idea: 42, voters, staff: 0, scores: [0, 0, 0, 0, 0], would_buy: 0, mean: null, revision: voters },
  },
});
const button = (id = "f") => one(`#${id} button`);
const pressed = (id = "f") => button(id).getAttribute("aria-pressed");

test("a vote shows at once, and the number when the server says it", async () => {
  let reply = (_: Reply) => {};
  const calls = server(
    () =>
      new Promise((resolve) => {
        reply = resolve;
      }),
  );
  await draw(form(), member);
  button().click();
  expect(pressed()).toBe("true");
  expect(one("span").textContent).toBe("10");
  reply(answer({ would_buy: false }, 11));
  await tick();
  expect(one("span").textContent).toBe("11");
  expect(calls).toMatchObject([{ method: "PUT", path: "/api/v1/ideas/42/vote", body: { would_buy: false } }]);
  expect((button() as HTMLButtonElement).value).toBe("retract");
});

test("pressing again takes the vote back", async () => {
  const calls = server(() => answer(null, 9));
  await draw(form("f", true), member);
  button().click();
  await tick();
  expect(calls).toMatchObject([{ method: "DELETE", body: undefined }]);
  expect(pressed()).toBe("false");
});

test("a refusal takes the press back and says why", async () => {
  server(() => refusal(403, "You cannot vote on your own idea."));
  await draw(form(), member);
  button().click();
  await tick();
  expect(pressed()).toBe("false");
  expect(one("[data-vote-note]").textContent).toBe("You cannot vote on your own idea.");
});

test("a visitor's form is sent as it is", async () => {
  const calls = server(() => "nothing");
  await draw(form());
  const event = new Event("submit", { cancelable: true });
  one("#f").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
  expect(calls).toHaveLength(0);
});

test.each<[string, Reply]>([
  ["without network", "nothing"],
  ["after the session's end", refusal(401, "Sign in to vote.")],
])("%s the plain form goes, with the choice", async (_, reply) => {
  server(() => reply);
  await draw(form(), member);
  const submit = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => {});
  button().click();
  await tick();
  expect(submit).toHaveBeenCalledOnce();
  expect(one<HTMLInputElement>('input[type="hidden"][name="act"]').value).toBe("cast");
});

test("of quick changes of mind the last one holds", async () => {
  const replies: ((reply: Reply) => void)[] = [];
  const calls = server(() => new Promise((resolve) => replies.push(resolve)));
  await draw(form(), member);
  button().click();
  button().click();
  replies[0]!(answer({ would_buy: false }, 11));
  await tick();
  replies[1]!(answer(null, 10));
  await tick();
  expect(calls.map(({ method }) => method)).toEqual(["PUT", "DELETE"]);
  expect(pressed()).toBe("false");
});

test("would buy is stored beside a vote, and waits for one", async () => {
  const calls = server(() => answer({ would_buy: true }, 11));
  await draw(form(), member);
  const tick1 = one<HTMLInputElement>("#f input");
  tick1.click();
  await tick();
  expect(calls).toHaveLength(0);
  expect(one("[data-vote-note]").textContent).toBe("Goes along.");
  button().click();
  await tick();
  expect(calls).toMatchObject([{ method: "PUT", body: { would_buy: true } }]);
  expect(tick1.checked).toBe(true);
});

test("two boxes of one idea agree", async () => {
  server(() => answer({ would_buy: false }, 11));
  await draw(form("f") + form("g"), member);
  button("f").click();
  await tick();
  expect(pressed("g")).toBe("true");
});
