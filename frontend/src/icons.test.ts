// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sprite } from "../build/sprite";
import { icons } from "./icons";

test("the sprite holds every icon once, without styles of its own", () => {
  const drawn = sprite();
  for (const id of Object.keys(icons)) expect(drawn.split(`id="${id}"`)).toHaveLength(2);
  expect(drawn).not.toMatch(/<style|style=/);
});

// An icon that is missing shows as nothing, which nobody reports.
test("every icon the pages name is in the sprite", () => {
  const views = new URL("../../internal/web/views/", import.meta.url);
  const sources = readdirSync(views, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".templ"));
  const named = sources.flatMap((name) => [
    ...readFileSync(new URL(name, views), "utf8").matchAll(
      /(?:@(?:ui\.)?(?:Icon|Empty)\(|@section\([^)"]*)"([a-z0-9-]+)"/g,
    ),
  ]);
  expect(named.map(([, name]) => name).filter((name) => !(name! in icons))).toEqual([]);
});
