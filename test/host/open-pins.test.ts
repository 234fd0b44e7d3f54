import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPins, type Pin } from "#host";

const pin = (output: string): Pin => ({ output, pinnedAt: "2026-01-01T00:00:00.000Z", run: null });

test("what one session unpins stays unpinned when another, which had it, pins the next stage", async () => {
  const root = await mkdtemp(join(tmpdir(), "fm-pins-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const open = () => openPins(root, "p.pipeline.json", () => null);
  const first = await open();
  await Promise.all([first.pin("a", pin("1")), first.pin("b", pin("2"))]);
  expect([...(await open()).all.keys()].toSorted()).toEqual(["a", "b"]);

  const second = await open();
  expect(await second.unpin("a")).toBe(true);
  await first.pin("c", pin("3"));
  expect([...(await open()).all.keys()].toSorted()).toEqual(["b", "c"]);
  expect([...first.all.keys()].toSorted()).toEqual(["b", "c"]);

  // It had not heard of it, and takes it away all the same.
  expect(await second.unpin("c")).toBe(true);
  expect(await second.unpin("nobody")).toBe(false);
  expect([...(await open()).all.keys()]).toEqual(["b"]);
});
