import { expect, test } from "vitest";
import { draw, refusal, server } from "../testing/page";
import { get, put, Refused, remove } from "./api";

test("unsafe requests carry the proof, reading does not", async () => {
  await draw("");
  const calls = server(() => ({ status: 200, body: { ok: true } }));
  expect(await put("/api/v1/x", { a: 1 })).toEqual({ ok: true });
  await get("/api/v1/x");
  expect(calls[0]).toMatchObject({ method: "PUT", body: { a: 1 }, headers: { "X-CSRF-Token": "proof" } });
  expect(calls[1]!.headers).not.toHaveProperty("X-CSRF-Token");
});

test("an answer without a body is nothing", async () => {
  server(() => ({ status: 204 }));
  expect(await remove("/api/v1/x")).toBeUndefined();
});

test("a refusal keeps its sentence, code, fields and waiting time", async () => {
  const answer = refusal(422, "Some fields need another look.", {
    code: "invalid",
    fields: { title: "Give it a title." },
  });
  server(() => ({ ...(answer as object), headers: { "Retry-After": "7" } }) as never);
  const refused = await put("/api/v1/x", {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({
    status: 422,
    code: "invalid",
    message: "Some fields need another look.",
    fields: { title: "Give it a title." },
    retryAfter: 7,
  });
});

test("what is not our answer is not a refusal", async () => {
  server(() => ({ status: 502, body: "<html>", type: "text/html" }));
  await expect(get("/api/v1/x")).rejects.not.toBeInstanceOf(Refused);
  server(() => "nothing");
  await expect(get("/api/v1/x")).rejects.toThrow("no network");
});
