import { resolve } from "node:path";
import type { JournalEvent } from "#core/journal";
import { lineIndex, type PipelineCatalog, type PipelineDocument, stageById, stageSpan } from "#core/pipeline";
import { addressKey, type FrameStep } from "#core/ports";

/** A range of a file, counted as DAP does: from 1. */
export interface Place {
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
  /** Where a stage is written; the file's beginning for null. */
  placeOf(stage: string | null): Place;
}

/** Which file the stages of a frame are written in, as the run's events tell. */
export interface RunFiles {
  record(event: JournalEvent): void;
  at(frames: readonly FrameStep[]): RunFile;
}

/** `launched` is the file that the run began in; those it calls are in `catalog`, below `root`. */
export function createRunFiles(launched: RunFile, catalog: PipelineCatalog, root: string): RunFiles {
  const known = new Map<string, RunFile>();
  const called = new Map<string, RunFile>();

  const fileAt = (path: string, name: string): RunFile => {
    let file = known.get(path);
    const document = catalog.entries.find((entry) => entry.path === path)?.document;
    if (file === undefined && document !== undefined) {
      file = runFile(resolve(root, path), name, document);
      known.set(path, file);
    }
    return file ?? launched;
  };

  return {
    record: (event) => {
      if (event.kind !== "call-started" || event.pipeline.path === null) return;
      const { address, attempt, pipeline } = event;
      const step = { kind: "subpipeline", owner: address.stage, pipeline: pipeline.name, attempt } as const;
      const key = addressKey({ frames: [...address.frames, step], stage: "" });
      called.set(key, fileAt(event.pipeline.path, pipeline.name));
    },
    at: (frames) => {
      const last = frames.findLastIndex(({ kind }) => kind === "subpipeline");
      if (last < 0) return launched;
      return called.get(addressKey({ frames: frames.slice(0, last + 1), stage: "" })) ?? launched;
    },
  };
}

/** A file with the places of its stages, which are looked up in the text once, when the first is asked for. */
export function runFile(path: string, name: string, document: PipelineDocument): RunFile {
  const lines = lineIndex(document.text);
  return {
    path,
    name,
    placeOf: (id) => {
      const stage = id === null ? undefined : stageById(document, id);
      if (stage === undefined) return { line1: 1, column1: 1, endLine1: 1, endColumn1: 1 };
      const span = stageSpan(document, stage);
      const start = lines.positionAt(span.start);
      const end = lines.positionAt(span.end);
      return {
        line1: start.line0 + 1,
        column1: start.character + 1,
        endLine1: end.line0 + 1,
        endColumn1: end.character + 1,
      };
    },
  };
}
