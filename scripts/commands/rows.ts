import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inRoot } from "../setup/root.mjs";
import { lastOutcomes } from "../stages/results.ts";
import type { TestOutcome } from "../stages/stage.ts";

/**
 * `npm run rows [-- --features FILE]`: the row ids that titles of the last test run start with, and whether all
 * their tests passed. With a list of features at hand, also the rows that have no test.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { features: { type: "string" } } });
  const outcomes = lastOutcomes();
  if (outcomes.length === 0) {
    process.stderr.write("There are no test results yet. Run npm test first.\n");
    return 1;
  }
  const rows = testsByRow(outcomes);
  const known = knownRows(values.features ?? inRoot("..", "shared", "features.md"));
  const areas = Map.groupBy([...new Set([...rows.keys(), ...known])].sort(), (id) => id.split("-")[0] ?? id);
  for (const [area, ids] of areas) process.stdout.write(`${areaLine(area, ids, rows)}\n`);
  const proved = [...rows].filter(([, tests]) => allPassed(tests)).length;
  process.stdout.write(
    `\n${proved} rows have passing tests${known.length > 0 ? `, of ${known.length}` : ""}.\n`,
  );
  return 0;
}

const rowId = /^[A-Z]{2}-\d{2}\b/;

function testsByRow(outcomes: readonly TestOutcome[]): ReadonlyMap<string, readonly TestOutcome[]> {
  const rows = Map.groupBy(outcomes, (outcome) => rowId.exec(outcome.title)?.[0] ?? "");
  rows.delete("");
  return rows;
}

/** The ids in the first column of a table of features; none when there is no such file. */
function knownRows(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => /^\| ([A-Z]{2}-\d{2}) \|/.exec(line)?.[1] ?? []);
}

function areaLine(
  area: string,
  ids: readonly string[],
  rows: ReadonlyMap<string, readonly TestOutcome[]>,
): string {
  const part = (name: string, wanted: (tests: readonly TestOutcome[] | undefined) => boolean) => {
    const found = ids.filter((id) => wanted(rows.get(id)));
    return found.length === 0 ? [] : [`  ${name}: ${found.join(" ")}`];
  };
  return [
    area,
    ...part("pass", (tests) => tests !== undefined && allPassed(tests)),
    ...part("fail", (tests) => tests !== undefined && !allPassed(tests)),
    ...part("no test", (tests) => tests === undefined),
  ].join("\n");
}

const allPassed = (tests: readonly TestOutcome[]): boolean => tests.every((test) => test.status === "passed");
