import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inRoot } from "../setup/root.mjs";
import { lastOutcomes } from "../stages/results.ts";
import { rowReport } from "../stages/row-report.ts";

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
  process.stdout.write(`${rowReport(outcomes, featureList(values.features))}\n`);
  return 0;
}

/** The list that was named, which must be there; else the one beside the repository, if it is. */
function featureList(named: string | undefined): string {
  if (named !== undefined) return readFileSync(named, "utf8");
  const beside = inRoot("..", "shared", "features.md");
  return existsSync(beside) ? readFileSync(beside, "utf8") : "";
}
