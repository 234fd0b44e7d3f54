import { expect, test } from "vitest";
import { newRunId } from "#host";

test("an id says when its run started, and sorts as the times do", () => {
  const start = Date.UTC(2026, 10, 26, 11, 10, 46, 999);
  expect(newRunId(start, () => 0)).toBe("20261126-111046-z7000");
  const ids = Array.from({ length: 3000 }, (_, ms) => newRunId(start + ms, Math.random));
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^\d{8}-\d{6}-[0-9a-hjkmnp-tv-z]{5}$/);
});
