import type { DebugProtocol } from "@vscode/debugprotocol";
import { parseExpression, references } from "#core/expressions";
import type { FrameStep } from "#core/ports";
import type { RunFile } from "../run-files.ts";
import type { Origin } from "../variables.ts";
import { type DataPlace, dataIdOf, nameOf } from "./data-place.ts";

/** Where an expression is written: in a file, at a stage or at none. */
export interface ExpressionPlace {
  readonly file: RunFile;
  readonly stage: string | null;
}

/** Whether a data breakpoint can be set at a place, and what for; `null` where none can. */
export function dataInfo(
  data: DataPlace | null,
  name: string,
): DebugProtocol.DataBreakpointInfoResponse["body"] {
  if (data === null) {
    const description = `"${name}" cannot be watched: only outputs and inputs of stages and variables (vars.…) change in a run.`;
    return { dataId: null, description };
  }
  return {
    dataId: dataIdOf(data),
    description: nameOf(data),
    // A stage that takes the output reads it; inputs and variables are read by nobody that a run could stop before.
    accessTypes: data.kind === "output" ? ["write", "read", "readWrite"] : ["write"],
    // The next session may be of another pipeline; an edge is kept, as a function breakpoint.
    canPersist: false,
  };
}

/** What a path of names stands for: `upstream.draft.scores`, `draft.scores`, `output.scores`, `vars.total`. */
export function placeOfExpression(text: string, { file, stage }: ExpressionPlace): DataPlace | null {
  const parsed = parseExpression(text);
  const [reference, ...others] = references(parsed);
  const isWhole = reference?.start === 0 && reference.end === text.length;
  if (reference === undefined || others.length > 0 || !isWhole || parsed.problems.length > 0) return null;
  const { root, path: steps } = reference;
  const { path } = file;
  if (root === "output" && stage !== null) return { kind: "output", path, stage, steps };
  const [first, ...rest] = steps;
  if (root === "vars") return { kind: "variable", path, steps };
  const isAmongStages = root === "upstream" || root === "stages";
  const id = isAmongStages ? first : root;
  if (typeof id !== "string" || file.planOf(id) === undefined) return null;
  return { kind: "output", path, stage: id, steps: isAmongStages ? rest : steps };
}

/** What can be watched of a row of the Variables view. */
export function placeOfOrigin(
  origin: Origin | undefined,
  fileAt: (frames: readonly FrameStep[]) => RunFile,
): DataPlace | null {
  if (origin?.kind === "variable")
    return { kind: "variable", path: fileAt(origin.frames).path, steps: [origin.name, ...origin.steps] };
  if (origin?.kind !== "inputs" && origin?.kind !== "output") return null;
  const { kind, frames, stage, steps } = origin;
  return { kind, path: fileAt(frames).path, stage, steps };
}
