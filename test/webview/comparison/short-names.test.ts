import { expect, test } from "vitest";
import { shortNames } from "../../../webview/comparison/short-names.ts";

test.each([
  ["flows/a.pipeline.json (HEAD)", "flows/a.pipeline.json", "a.pipeline.json (HEAD)", "a.pipeline.json"],
  ["flows/old/a.json", "flows/new/a.json", "old/a.json", "new/a.json"],
  ["flows/a.json", "a.json", "flows/a.json", "a.json"],
  ["run 1", "run 2", "run 1", "run 2"],
  ["flows/a.json", "flows/a.json", "a.json", "a.json"],
])("%s beside %s", (before, after, ...short) => {
  expect(shortNames(before, after)).toEqual(short);
});
