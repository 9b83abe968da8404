import { expect, test } from "vitest";
import { type Copy, Desk } from "./draft";

const copy = (more: Partial<Copy> = {}): Copy => ({
  draft: 0,
  base: { title: "" },
  fields: { title: "A kettle" },
  pictures: [],
  saved: false,
  ...more,
});

test("a copy goes once its idea is there, whoever began it", () => {
  const desk = new Desk(7);
  desk.put("/ideas", copy());
  new Desk(0).put("/ideas", copy());
  new Desk(8).put("/ideas", copy());
  desk.settle("Another");
  expect(desk.find("/ideas", { title: "" })).toBeDefined();
  desk.settle(" A kettle ");
  expect(desk.find("/ideas", { title: "" })).toBeUndefined();
  expect(new Desk(8).find("/ideas", { title: "" })).toBeDefined();
});

test("the form of a draft takes over what its beginning had not saved", () => {
  const desk = new Desk(7);
  desk.put("/ideas", copy({ draft: 42 }));
  expect(desk.adopt("/ideas", 41)).toBeUndefined();
  expect(desk.adopt("/ideas", 42)?.fields).toEqual({ title: "A kettle" });
  expect(desk.find("/ideas", { title: "" })).toBeUndefined();
});
