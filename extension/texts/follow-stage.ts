import { type PipelineDocument, type Stage, stageById, stageSpan, type TextEdit } from "#core/pipeline";

/** A change of a text, read before and after; `edits` refer to the text before. */
export interface ReadChange {
  readonly before: PipelineDocument;
  readonly after: PipelineDocument;
  readonly edits: readonly TextEdit[];
}

/** A stage in one state of a text. */
export interface StageRef {
  /** Null while it has none, since it is being typed. */
  readonly id: string | null;
  /** Offset of its opening brace; null when that was replaced while the text was broken. */
  readonly start: number | null;
}

/** What to remember of a stage. */
export function stageRef(document: PipelineDocument, stage: Stage): StageRef {
  return { id: stage.id, start: stageSpan(document, stage).start };
}

/** The stage that is meant; of several with its id the one at its place. */
export function stageOfRef(document: PipelineDocument, { id, start }: StageRef): Stage | undefined {
  if (id === null) return undefined;
  const there = start === null ? undefined : stageOpeningAt(document, start);
  return there?.id === id ? there : stageById(document, id);
}

/**
 * Where a stage is after a change; undefined when it is gone. Its opening brace tells where it is while its id is being
 * typed, even past the id of another stage. But a brace alone is not trusted, since a difference between two texts may
 * be expressed as the end of one stage and the beginning of the next: the ids must say that one became the other.
 */
export function followStage(change: ReadChange, ref: StageRef): StageRef | undefined {
  const { before, after, edits } = change;
  const start = ref.start === null ? undefined : offsetAfter(edits, ref.start);
  // Half-typed text has no reliable ids; what mends it is judged by the brace.
  if (after.broken) return { id: ref.id, start: start ?? null };
  const there = start === undefined ? undefined : stageOpeningAt(after, start);
  if (there !== undefined && (there.id === ref.id || becameOf(change, ref.id, there.id)))
    return stageRef(after, there);
  const sameId = ref.id === null ? undefined : stageById(after, ref.id);
  if (sameId !== undefined && countOf(after, sameId.id) >= countOf(before, sameId.id))
    return stageRef(after, sameId);
  if (there === undefined && start !== undefined) return { id: null, start };
  const heir = start === undefined ? heirOf(change, ref) : undefined;
  return heir === undefined ? undefined : stageRef(after, heir);
}

/** Whether a stage of the one id is missing since the change, and one of the other id more than before. */
function becameOf({ before, after }: ReadChange, id: string | null, now: string): boolean {
  return (
    (id === null || countOf(after, id) < countOf(before, id)) && countOf(after, now) > countOf(before, now)
  );
}

/** In a rewritten text of equally many stages, the new one in the stage's place. */
function heirOf({ before, after }: ReadChange, { start }: StageRef): Stage | undefined {
  const old = before.pipeline.stages;
  if (start === null || old.length !== after.pipeline.stages.length) return undefined;
  const index = old.findIndex((stage) => stageSpan(before, stage).start === start);
  const heir = after.pipeline.stages[index];
  return heir !== undefined && stageById(before, heir.id) === undefined ? heir : undefined;
}

function stageOpeningAt(document: PipelineDocument, start: number): Stage | undefined {
  return document.pipeline.stages.find((stage) => stageSpan(document, stage).start === start);
}

function countOf({ pipeline }: PipelineDocument, id: string): number {
  return pipeline.stages.filter((stage) => stage.id === id).length;
}

/** Where the character at `offset` is after the edits; undefined when it was replaced. */
function offsetAfter(edits: readonly TextEdit[], offset: number): number | undefined {
  let shift = 0;
  for (const edit of edits) {
    if (edit.offset + edit.length <= offset) shift += edit.text.length - edit.length;
    else if (edit.offset <= offset) return undefined;
  }
  return offset + shift;
}
