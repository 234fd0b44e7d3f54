import { expect, test } from "vitest";
import { gradeOf } from "../../../bench/merge/cases/case.ts";
import { mergeCases } from "../../../bench/merge/cases/cases.ts";
import { flowMason } from "../../../bench/merge/contenders/flowmason.ts";

test("DM-06 every merge with a known right answer that the benchmark has is right", () => {
  const wrong = mergeCases(14).flatMap((each) => {
    const grade = gradeOf(each, flowMason.merge(each));
    return grade === "right" ? [] : [`${each.category}: ${grade}`];
  });
  expect(wrong).toEqual([]);
});
