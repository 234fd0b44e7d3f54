import { callOf } from "#core/checks";
import { resolveInProject } from "#core/component-definitions";
import { describeMissing, findReference, type PipelineDocument, stageById } from "#core/pipeline";
import type { CalledPipelineAnswer } from "#protocol";
import type { PlacedProject } from "./projects.ts";

/** Which pipelines the stages of texts call, for those who ask. */
export interface CalledPipelines {
  /** What a stage of a text calls, when the text is looked at next. */
  next(uri: string, stage: string): Promise<CalledPipelineAnswer>;
  /** A text was looked at. */
  checked(uri: string, document: PipelineDocument, project: PlacedProject): void;
  closed(uri: string): void;
}

interface Question {
  readonly stage: string;
  readonly answer: (answer: CalledPipelineAnswer) => void;
}

/** Nobody has asked yet. */
export function createCalledPipelines(): CalledPipelines {
  const waiting = new Map<string, readonly Question[]>();

  const answerAll = (uri: string, answerFor: (stage: string) => CalledPipelineAnswer): void => {
    const questions = waiting.get(uri) ?? [];
    waiting.delete(uri);
    for (const { stage, answer } of questions) answer(answerFor(stage));
  };

  return {
    next: (uri, stage) =>
      new Promise((answer) => {
        waiting.set(uri, [...(waiting.get(uri) ?? []), { stage, answer }]);
      }),
    checked: (uri, document, placed) => answerAll(uri, (stage) => calledBy(document, stage, placed)),
    closed: (uri) =>
      answerAll(uri, () => ({ found: false, message: "The pipeline was closed. Open it, and ask again." })),
  };
}

function calledBy(
  document: PipelineDocument,
  id: string,
  { project, path, uriOf }: PlacedProject,
): CalledPipelineAnswer {
  // It may be a stage of a parent: what that calls is looked for from this file.
  const stage = stageById(document, id) ?? stageById(resolveInProject(document, project, path).document, id);
  if (stage === undefined) return { found: false, message: `There is no stage "${id}" in this file.` };
  if (stage.componentType !== "subpipeline")
    return { found: false, message: `"${id}" calls no other pipeline.` };
  const call = callOf(stage);
  if (call === null) {
    return {
      found: false,
      message: `Which pipeline "${id}" calls is not known before it runs: its pipeline_id is no constant text.`,
    };
  }
  const found = findReference(project.pipelines, call.reference, path);
  return found.kind === "found"
    ? { found: true, uri: uriOf(found.entry.path) }
    : { found: false, message: describeMissing(call.reference, found) };
}
