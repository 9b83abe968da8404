import { expect, test, vi } from "vitest";
import { draw, tick } from "../testing/page";
import { island } from "./island";

test("an island takes what is there, what comes later, and each once", async () => {
  const taken: string[] = [];
  await draw('<p id="a" data-island="greet"></p>');
  island("greet", (element) => taken.push(element.id));
  const later = document.createElement("div");
  const inner = document.createElement("p");
  inner.id = "b";
  inner.dataset.island = "other greet";
  later.append(inner);
  document.body.append(later);
  await tick();
  document.body.prepend(later);
  await tick();
  expect(taken).toEqual(["a", "b"]);
});

test("an island that fails stops no other", async () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const taken: string[] = [];
  await draw('<p id="a" data-island="brittle"></p><p id="b" data-island="brittle"></p>');
  island("brittle", (element) => {
    if (element.id === "a") throw new Error("broken");
    taken.push(element.id);
  });
  await tick();
  expect(taken).toEqual(["b"]);
  expect(reported).toHaveBeenCalledOnce();
});

test("an island may use what its module declares below it", async () => {
  const taken: string[] = [];
  await draw('<p id="a" data-island="early"></p>');
  island("early", (element) => taken.push(name(element)));
  const name = (element: HTMLElement) => element.id;
  await tick();
  expect(taken).toEqual(["a"]);
});
