// Every test starts with an empty page and nothing kept.
import { afterEach, beforeEach, vi } from "vitest";
import { forgetTallies } from "../lib/tally";

beforeEach(() => {
  if (!("document" in globalThis)) return; // a test about files
  document.head.replaceChildren();
  document.body.replaceChildren();
  localStorage.clear();
  forgetTallies();
});

afterEach(() => {
  vi.useRealTimers();
});
