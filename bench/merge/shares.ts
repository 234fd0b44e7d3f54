import { aligned } from "../report.ts";
import { type Grade, gradeOf, type MergeCase } from "./cases/case.ts";
import type { MergeContender } from "./contenders/contender.ts";

const grades: readonly Grade[] = ["right", "needless conflict", "silently wrong", "failed"];

/** How many cases each contender got right, and how the others went wrong; then where ours did. */
export function shares(cases: readonly MergeCase[], contenders: readonly MergeContender[]): string {
  const results = contenders.map((contender) => ({
    name: contender.name,
    outcomes: cases.map((each) => ({ each, grade: gradeOf(each, contender.merge(each)) })),
  }));
  const rows = results.map(({ name, outcomes }) => {
    const counts = grades.map((grade) => outcomes.filter((outcome) => outcome.grade === grade).length);
    const share = ((100 * (counts[0] ?? 0)) / cases.length).toFixed(1);
    return [name, `${share} %`, ...counts.map(String)];
  });
  const [ours] = results;
  const wrong = ours?.outcomes.filter(({ grade }) => grade !== "right") ?? [];
  const goal = `Goal D2: all right, none silently wrong: ${wrong.length === 0 ? "met" : "MISSED"}`;
  const lines = wrong.map(({ each, grade }) => `  ${each.category}: ${grade}`);
  return [
    `${cases.length} merges with a known right answer, of ${new Set(cases.map(({ category }) => category)).size} kinds`,
    aligned([["", "right", ...grades], ...rows]),
    goal,
    ...new Set(lines),
    "",
  ].join("\n");
}
