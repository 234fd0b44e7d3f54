import { resolve } from "node:path";
import type { PipelinePlan, RunPlan, StagePlan } from "#core/engine";
import type { JournalEvent } from "#core/journal";
import {
  deliveryId,
  fieldNamed,
  type GraphEdge,
  type LineIndex,
  lineIndex,
  type PipelineDocument,
  type PipelineFile,
  pipelineGraph,
  type Span,
  stageById,
  stageSpan,
} from "#core/pipeline";
import { addressKey, type FrameStep } from "#core/ports";
import { type ReadPath, wireReadsOf } from "./wire-reads.ts";

/** A range of a file, counted as DAP does: from 1. */
export interface Place {
  /** Absolute: an inherited stage is written in the file of a parent. */
  readonly path: string;
  readonly line1: number;
  readonly column1: number;
  readonly endLine1: number;
  readonly endColumn1: number;
}

/** A file that a run is in: the launched one, or one that it calls. */
export interface RunFile {
  /** Absolute. */
  readonly path: string;
  /** The pipeline's. */
  readonly name: string;
  /** Where a stage is written: at its override, where it has one; the file's beginning for null. */
  placeOf(stage: string | null): Place;
  /** A stage as it was planned; undefined where there is none of that id. */
  planOf(stage: string): StagePlan | undefined;
  readonly plan: Pick<PipelinePlan, "defaults" | "declaredEnv">;
  /** Which stages wait for which, as the canvas draws it. */
  edges(): readonly GraphEdge[];
  /** What stages read of the outputs of those that they wait for. */
  wireReads(): readonly ReadPath[];
  /** Every file that says something of a stage: where it is written, and those that override it. Absolute. */
  pathsOf(stage: string): readonly string[];
}

/** Which file the stages of a frame are written in, as the run's events tell. */
export interface RunFiles {
  record(event: JournalEvent): void;
  at(frames: readonly FrameStep[]): RunFile;
}

/** The files of a run of `plan` that began in the file at `path`; the others are below `root`. */
export function createRunFiles(plan: RunPlan, path: string, root: string): RunFiles {
  const launched = runFile(path, plan, root);
  const known = new Map<string, RunFile>();
  const called = new Map<string, RunFile>();

  const fileAt = (inside: string): RunFile => {
    let file = known.get(inside);
    const callee = plan.callees.at(inside);
    if (file === undefined && callee !== undefined) {
      file = runFile(resolve(root, inside), callee, root);
      known.set(inside, file);
    }
    return file ?? launched;
  };

  return {
    record: (event) => {
      if (event.kind !== "call-started" || event.pipeline.path === null) return;
      const { address, attempt, pipeline } = event;
      const step = { kind: "subpipeline", owner: address.stage, pipeline: pipeline.name, attempt } as const;
      const key = addressKey({ frames: [...address.frames, step], stage: "" });
      called.set(key, fileAt(event.pipeline.path));
    },
    at: (frames) => {
      const last = frames.findLastIndex(({ kind }) => kind === "subpipeline");
      if (last < 0) return launched;
      return called.get(addressKey({ frames: frames.slice(0, last + 1), stage: "" })) ?? launched;
    },
  };
}

/** A file with the places of its stages, which are looked up in the texts once, when the first is asked for. */
function runFile(path: string, plan: PipelinePlan, root: string): RunFile {
  const { pipeline, resolved, stages } = plan;
  const lines = new Map<PipelineDocument, LineIndex>();
  let reads: readonly ReadPath[] | undefined;
  const pathOf = (file: PipelineFile): string =>
    file === resolved.file || file.path === null ? path : resolve(root, file.path);
  const linesOf = ({ document }: PipelineFile): LineIndex => {
    const index = lines.get(document) ?? lineIndex(document.text);
    lines.set(document, index);
    return index;
  };
  return {
    path,
    plan,
    name: pipeline.name,
    placeOf: (id) => {
      const written = id === null ? undefined : writtenAt(resolved.document, id);
      if (written === undefined) return { path, line1: 1, column1: 1, endLine1: 1, endColumn1: 1 };
      const { file, span } = resolved.originOf(written);
      const start = linesOf(file).positionAt(span.start);
      const end = linesOf(file).positionAt(span.end);
      return {
        path: pathOf(file),
        line1: start.line0 + 1,
        column1: start.character + 1,
        endLine1: end.line0 + 1,
        endColumn1: end.character + 1,
      };
    },
    edges: () => pipelineGraph(resolved.document).edges,
    wireReads: () => (reads ??= wireReadsOf(resolved.document)),
    planOf: (id) => stages.get(id),
    pathsOf: (id) => {
      const paths: string[] = [];
      for (const file of [resolved.file, ...resolved.parents]) {
        const isWritten = stageById(file.document, id) !== undefined;
        if (isWritten || fieldNamed(file.document.pipeline.overrides, id) !== undefined)
          paths.push(pathOf(file));
        // What a parent says of a stage that is replaced is no part of the run.
        if (isWritten) break;
      }
      return paths;
    },
  };
}

/** The delivery of a run's output is written where the pipeline says where to. */
function writtenAt(document: PipelineDocument, id: string): Span | undefined {
  if (id === deliveryId) return fieldNamed(document.pipeline.fields, "output_config")?.keySpan;
  const stage = stageById(document, id);
  return stage === undefined ? undefined : stageSpan(document, stage);
}
