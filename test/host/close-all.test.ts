import { expect, test } from "vitest";
import { closeAll } from "#host";

test("everything is closed in turn, and the first thing that could not be is told", async () => {
  const closed: string[] = [];
  const closing = closeAll(
    () => void closed.push("cache"),
    async () => {
      closed.push("record");
      throw new Error("the disk is full");
    },
    () => undefined,
    async () => {
      closed.push("cassette");
      throw new Error("so it is");
    },
    async () => void closed.push("lock"),
  );
  await expect(closing).rejects.toThrow("the disk is full");
  expect(closed).toEqual(["cache", "record", "cassette", "lock"]);
});
