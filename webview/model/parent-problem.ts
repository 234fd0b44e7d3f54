import { lineIndex } from "#core/pipeline";
import type { CanvasModel } from "./canvas-model.ts";
import type { DocumentState } from "./document-state.ts";

/** Why what a pipeline extends cannot be shown, and where the file names it. */
export interface ParentProblem {
  readonly parent: string;
  readonly message: string;
  readonly line0: number;
  readonly character: number;
}

const known = new WeakMap<DocumentState, ParentProblem | null>();

/** The problem of what the pipeline extends; null where there is none, or none is known yet. The same for the same document. */
export function parentProblem({ document }: Pick<CanvasModel, "document">): ParentProblem | null {
  if (document === null) return null;
  const found = known.get(document);
  if (found !== undefined) return found;
  const problem = read(document);
  known.set(document, problem);
  return problem;
}

function read({ shown, inherited }: DocumentState): ParentProblem | null {
  const parent = shown.pipeline.extends;
  const [message] = inherited?.problems ?? [];
  if (parent === null || message === undefined) return null;
  const { line0, character } = lineIndex(shown.text).positionAt(parent.span.start);
  return { parent: parent.value, message, line0, character };
}
