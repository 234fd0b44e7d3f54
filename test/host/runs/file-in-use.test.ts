import { fstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { fileInUse } from "../../../host/runs/file-in-use.ts";

test("a file stays open from one read to the next, and is closed when nobody reads any more", () => {
  const folder = mkdtempSync(join(tmpdir(), "fm-file-"));
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "journal.ndjson");
  const using = fileInUse(path);
  expect(() => using((file) => file)).toThrow("ENOENT");
  writeFileSync(path, "one");
  const first = using((file) => file);
  vi.advanceTimersByTime(900);
  expect(using((file) => file)).toBe(first);
  vi.advanceTimersByTime(900);
  expect(fstatSync(first).size).toBe(3);
  vi.advanceTimersByTime(100);
  expect(() => fstatSync(first)).toThrow("EBADF");
  expect(using((file) => fstatSync(file).size)).toBe(3);
  vi.advanceTimersByTime(1000);
});
