import { beforeEach, expect, test, vi } from "vitest";
import { Refused, upload } from "../lib/api";
import { readPictures } from "../lib/pictures";
import { draw, one, tick } from "../testing/page";
import "./pictures";

vi.mock("../lib/api", async (original) => ({ ...(await original<typeof import("../lib/api")>()), upload: vi.fn() }));

const row = (id = "") => `<li data-picture="${id}"><img alt=""><input type="hidden" name="picture" value="${id}">
  <input type="text" name="alt_${id}"><input type="radio" name="cover" value="${id}"><label><input type="checkbox" name="remove" value="${id}"></label></li>`;
const box = `<form><fieldset data-island="pictures"><input type="file" name="pictures" multiple>
  <ol data-pictures></ol><template data-picture-template>${row()}</template></fieldset></form>`;

function drop(...names: string[]): void {
  const event = new Event("drop", { bubbles: true, cancelable: true });
  const files = names.map(
    (name) => new File(["x"], name, { type: name.endsWith(".txt") ? "text/plain" : "image/png" }),
  );
  Object.assign(event, { dataTransfer: { types: ["Files"], files } });
  one("fieldset").dispatchEvent(event);
}

const rows = () => [...document.querySelectorAll<HTMLElement>("li")];
const ids = () => readPictures(one("form")).map(({ id }) => id);

beforeEach(async () => {
  let next = 0;
  vi.mocked(upload).mockImplementation(async () => ({
    id: `p${++next}`,
    url: `/media/${next}.png`,
    width: 1,
    height: 1,
    alt: "",
  }));
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  await draw(box, { signedIn: true });
});

test("dropped pictures are uploaded in order, and the first is the cover", async () => {
  drop("a.png", "notes.txt", "b.png");
  await tick();
  await tick();
  expect(readPictures(one("form"))).toEqual([
    { id: "p1", url: "/media/1.png", alt: "", cover: true },
    { id: "p2", url: "/media/2.png", alt: "", cover: false },
  ]);
  expect(one<HTMLInputElement>('[name="alt_p2"]').disabled).toBe(false);
});

test("what was picked before the script was here is uploaded, too", async () => {
  const early = document.createRange().createContextualFragment(box);
  Object.defineProperty(early.querySelector("input"), "files", {
    value: [new File(["x"], "early.png", { type: "image/png" })],
  });
  document.body.replaceChildren(early);
  await tick();
  await tick();
  expect(ids()).toEqual(["p1"]);
});

test("a picture that is refused says so and is not sent along", async () => {
  vi.mocked(upload).mockRejectedValue(new Refused("This picture is too large.", 413));
  drop("a.png");
  await tick();
  expect(one("li [role=alert]").textContent).toBe("a.png: This picture is too large.");
  expect(one<HTMLInputElement>('[name="picture"]').disabled).toBe(true);
  expect(ids()).toEqual([]);
});

test("buttons change the order and remove; the cover goes on to the first", async () => {
  drop("a.png", "b.png");
  await tick();
  await tick();
  rows()[1]!.querySelectorAll("button")[0]!.click();
  expect(ids()).toEqual(["p2", "p1"]);
  rows()[1]!.querySelectorAll("button")[2]!.click();
  expect(readPictures(one("form"))).toMatchObject([{ id: "p2", cover: true }]);
});

test("what was kept in the browser is put back once", () => {
  const kept = [{ id: "p9", url: "/media/9.png", alt: "A kettle", cover: true }];
  for (let i = 0; i < 2; i++) one("fieldset").dispatchEvent(new CustomEvent("pictures-restore", { detail: kept }));
  expect(readPictures(one("form"))).toEqual(kept);
});
