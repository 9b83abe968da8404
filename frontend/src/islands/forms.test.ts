// The team's answer form, and the similar ideas beside a title.
import { expect, test, vi } from "vitest";
import { draw, one, server, tick } from "../testing/page";
import "./decision-form";
import "./similar";

const decision = `<form data-island="decision-form">
  <select name="template"><option value=""></option><option value="3" data-status="parked" data-reason="too_costly" data-text="<p>Not now.</p>"></option></select>
  <select name="status"><option value=""></option><option value="parked"></option><option value="adopted"></option></select>
  <div id="why" data-when="declined parked"><select name="reason"><option value=""></option><option value="too_costly"></option></select></div>
  <fieldset id="product" data-when="adopted"><input name="product_name"></fieldset><textarea name="answer"></textarea></form>`;

function choose(name: string, value: string): void {
  const select = one<HTMLSelectElement>(`[name="${name}"]`);
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const hidden = () => [one("#why").hidden, one("#product").hidden];

test("only what goes with the status is asked, and sent", async () => {
  await draw(decision);
  expect(hidden()).toEqual([true, true]);
  choose("status", "adopted");
  expect(hidden()).toEqual([true, false]);
  expect(one<HTMLSelectElement>('[name="reason"]').disabled).toBe(true);
  expect(one<HTMLInputElement>('[name="product_name"]').disabled).toBe(false);
});

test("a template fills in the decision", async () => {
  await draw(decision);
  choose("template", "3");
  await tick();
  const value = (name: string) => one<HTMLInputElement>(`[name="${name}"]`).value;
  expect(["status", "reason", "answer"].map(value)).toEqual(["parked", "too_costly", "<p>Not now.</p>"]);
  expect(hidden()).toEqual([false, true]);
});

test("a template asks before it replaces what was written", async () => {
  await draw(decision);
  one<HTMLTextAreaElement>("textarea").value = "My own words";
  choose("template", "3");
  await tick();
  one<HTMLDialogElement>("dialog").close("");
  await tick();
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("My own words");
});

const similar = `<form><input name="title"><div data-similar hidden><ul data-similar-list></ul></div></form>`;
const idea = (id: number, title: string) => ({
  id,
  title,
  url: `/ideas/${id}`,
  vote: null,
  tally: { idea: id, voters: 3, revision: 1 },
});

async function type(title: string): Promise<void> {
  one<HTMLInputElement>("input").value = title;
  one("input").dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(400);
  await tick();
}

test("similar ideas appear while typing, as text, and can be supported", async () => {
  vi.useFakeTimers();
  const calls = server(({ method }) => ({
    status: 200,
    body: method === "PUT" ? {} : { items: [idea(4, "<b>Kettle</b>")], next: null },
  }));
  await draw(similar, { signedIn: true, texts: { "islands.similar.supported": "Counted." } });
  await type("ket");
  expect(calls).toHaveLength(0);
  await type("kettle & co");
  expect(calls[0]!.path).toBe("/api/v1/ideas/similar?title=kettle+%26+co");
  expect(one("[data-similar]").hidden).toBe(false);
  expect(one("li a").textContent).toBe("<b>Kettle</b>");
  one("li button").click();
  await tick();
  expect(calls[1]).toMatchObject({ method: "PUT", path: "/api/v1/ideas/4/vote" });
  expect(one("li [role=status]").textContent).toBe("Counted.");
});

test("no similar ideas, nothing shown; a failure neither", async () => {
  vi.useFakeTimers();
  server(() => "nothing");
  await draw(similar, { signedIn: true });
  await type("kettle");
  expect(one("[data-similar]").hidden).toBe(true);
});
