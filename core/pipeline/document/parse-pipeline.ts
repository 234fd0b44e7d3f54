import type { Span } from "../json-node.ts";
import type { PipelineDocument, Stage, StageUnit } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import type { TextEdit } from "../text-edit.ts";
import { detectDialect } from "./detect-dialect.ts";
import { readIdentities } from "./read-identities.ts";
import { readPipeline } from "./read-pipeline.ts";
import { readTree } from "./read-tree.ts";
import { nothingToReuse, reusableParts } from "./reusable-parts.ts";
import { shiftProblem, shiftSpan } from "./shift.ts";

/** More errors of syntax than this tell nobody anything. */
const SYNTAX_ERROR_LIMIT = 100;

/**
 * Reads a pipeline in any dialect. Never throws: what is wrong becomes problems, and the rest is read.
 *
 * With the document of an earlier text, its unchanged stages are reused, the objects themselves, so that the cost
 * is that of the changed stages and of what surrounds the stages. `changes` are those that made `text` from
 * `previous.text`; without them they are found by comparing. The result is the same as without `previous`.
 */
export function parsePipeline(
  text: string,
  previous?: PipelineDocument,
  changes?: readonly TextEdit[],
): PipelineDocument {
  const reusable = previous === undefined ? nothingToReuse : reusableParts(previous, text, changes);
  const read = readTree(text, reusable, previous === undefined ? "shared" : "detached");
  const { units, starts, container } = read.tree;
  const stages = units.flatMap((unit) => unit.stages);
  const identities = readIdentities(units, stages, previous?.tree);
  const tree = { ...read.tree, identities };
  const problems: Problem[] = [...read.problems];
  const pipeline = readPipeline(read.tree, stages, problems);
  addUnitProblems(units, starts, problems);
  for (const index of identities.repeated) {
    const stage = stages[index];
    if (stage !== undefined) problems.push(repeatedId(stage, index, stages, tree));
  }
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return {
    text,
    dialect: detectDialect(container?.kind ?? null, units, pipeline),
    pipeline,
    problems: read.conflicts.length > 0 ? withConflict(problems, read.conflicts) : withoutFlood(problems),
    broken: read.broken,
    tree,
  };
}

function addUnitProblems(units: readonly StageUnit[], starts: readonly number[], problems: Problem[]): void {
  units.forEach((unit, index) => {
    for (const problem of unit.problems) problems.push(shiftProblem(problem, starts[index] ?? 0));
  });
}

function repeatedId(
  stage: Stage,
  index: number,
  stages: readonly Stage[],
  tree: Pick<PipelineDocument["tree"], "identities" | "starts">,
): Problem {
  const { byId, unitOf } = tree.identities;
  const absolute = (span: Span, of: number): Span => shiftSpan(span, tree.starts[unitOf[of] ?? 0] ?? 0);
  const firstIndex = byId.get(stage.id) ?? index;
  const first = stages[firstIndex] ?? stage;
  return {
    code: readingCode.duplicateStageId,
    severity: "error",
    message: `Another stage has the id "${stage.id}" already. Give this one an id of its own.`,
    span: absolute(stage.idSpan, index),
    related: [{ message: `The first stage "${stage.id}"`, span: absolute(first.idSpan, firstIndex) }],
    stage: stage.id,
  };
}

/** Unresolved conflicts explain every other error of syntax. */
function withConflict(problems: readonly Problem[], conflicts: readonly Span[]): readonly Problem[] {
  const [first, ...others] = conflicts;
  if (first === undefined) return problems;
  const conflict: Problem = {
    code: readingCode.mergeConflict,
    severity: "error",
    message:
      others.length === 0
        ? "A merge left this conflict. Choose a side and remove the lines that start with <<<<<<<, ======= and >>>>>>>."
        : `A merge left ${conflicts.length} conflicts. In each choose a side and remove the lines that start with <<<<<<<, ======= and >>>>>>>.`,
    span: first,
    related: others.map((span) => ({ message: "Another conflict", span })),
  };
  return [conflict, ...problems.filter(({ code }) => code !== readingCode.jsonSyntax)];
}

function withoutFlood(problems: readonly Problem[]): readonly Problem[] {
  let errors = 0;
  return problems.filter(({ code }) => {
    if (code === readingCode.jsonSyntax) errors += 1;
    return code !== readingCode.jsonSyntax || errors <= SYNTAX_ERROR_LIMIT;
  });
}
