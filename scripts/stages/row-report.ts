import type { TestOutcome } from "./stage.ts";

/**
 * What `npm run rows` prints: by area, the rows whose tests all passed, those with one that did not, and, of the rows
 * in `features` (the text of a feature list; empty when there is none), those without a test.
 */
export function rowReport(outcomes: readonly TestOutcome[], features: string): string {
  const rows = testsByRow(outcomes);
  const known = knownRows(features);
  const areas = Map.groupBy([...new Set([...rows.keys(), ...known])].sort(), (id) => id.split("-")[0] ?? id);
  const proved = [...rows.values()].filter(allPassed).length;
  return [
    ...[...areas].map(([area, ids]) => areaLines(area, ids, rows)),
    "",
    `${proved} rows have passing tests${known.length > 0 ? `, of ${known.length}` : ""}.`,
  ].join("\n");
}

const rowId = /^[A-Z]{2}-\d{2}\b/;

function testsByRow(outcomes: readonly TestOutcome[]): ReadonlyMap<string, readonly TestOutcome[]> {
  const rows = Map.groupBy(outcomes, (outcome) => rowId.exec(outcome.title)?.[0] ?? "");
  rows.delete("");
  return rows;
}

/** The ids in the first column of a table. */
function knownRows(features: string): readonly string[] {
  return features.split("\n").flatMap((line) => /^\| ([A-Z]{2}-\d{2}) \|/.exec(line)?.[1] ?? []);
}

function areaLines(
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

// A skipped test shows nothing.
const allPassed = (tests: readonly TestOutcome[]): boolean => tests.every((test) => test.status === "passed");
