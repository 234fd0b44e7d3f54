import { expect, test } from "vitest";
import { nearest } from "#core/expressions";

test.each([
  ["contnet", ["context", "content"], "content"],
  ["Fetch-Data", ["fetch_date", "fetch_data"], "fetch_data"],
  ["sumary", ["memory", "summary", "salary"], "summary"],
  ["abcdef", ["abdcfe"], "abdcfe"],
  ["abcdef", ["fedcba"], undefined],
  ["content", ["improved_content"], "improved_content"],
  ["ab", ["ac"], undefined],
  ["xyz", [], undefined],
])("%s among %j is %s", (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

test("the first of equals wins, and one that is the same but for case beats all", () => {
  expect(nearest("stage9", ["stage1", "stage2"])).toBe("stage1");
  expect(nearest("Stage9", ["stage1", "stage9", "stage2"])).toBe("stage9");
});
