import type { JsonObject } from "#core/ports";
import { addParts, type Part } from "../../core/engine/support/nested-pipeline.ts";

/** Pipelines that call each other, by the names of their files; `main.pipeline.json` is the first. */
export interface PipelineFiles {
  readonly files: Readonly<Record<string, JsonObject>>;
  /** Of each file the lists of stages that stand side by side: its own, those of each loop, arm and branch. */
  readonly lists: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export const mainFile = "main.pipeline.json";

/** The parts as files of built-in components, whose models the client answers for; what they ask begins with their id. */
export function pipelineFiles(list: readonly Part[]): PipelineFiles {
  const written: Written = { files: {}, lists: {} };
  addFile(mainFile, list, written);
  return written;
}

interface Written {
  readonly files: Record<string, JsonObject>;
  readonly lists: Record<string, (readonly string[])[]>;
}

interface File {
  readonly name: string;
  readonly stages: JsonObject[];
  readonly written: Written;
}

function addFile(name: string, list: readonly Part[], written: Written): void {
  written.files[name] = {};
  written.lists[name] = [];
  const stages: JsonObject[] = [];
  addList(list, { name, stages, written });
  written.files[name] = {
    name: name.split(".")[0] ?? name,
    version: "1.0.0",
    ...(name === mainFile ? { concurrency: { max_parallel: 3 } } : {}),
    stages,
  };
}

function addList(list: readonly Part[], file: File): readonly string[] {
  const ids = addParts(list, file.stages, (id, part, more) => asStage(id, part, more, file));
  file.written.lists[file.name]?.push(ids);
  return ids;
}

function stage(id: string, component_type: string, config: JsonObject, more: JsonObject): JsonObject {
  return { id, component_type, config, ...more };
}

function asStage(id: string, part: Part, more: JsonObject, file: File): JsonObject {
  switch (part.kind) {
    case "step":
      return asStep(id, part, more);
    case "return":
      return stage(id, "return", { return_value: id }, more);
    case "loop": {
      const items = Array.from({ length: part.items }, (_, index) => index);
      const loop_stages = [...addList(part.body, file)];
      const { parallel, breaks } = part;
      return stage(
        id,
        "foreach",
        { items, parallel: parallel > 1, max_parallel: parallel, break_on_error: breaks, loop_stages },
        more,
      );
    }
    case "try": {
      const [tried = [], caught = [], last = []] = part.arms.map((arm) => [...addList(arm, file)]);
      const config = {
        max_retries: part.retries,
        retry_delay_ms: 0,
        error_scope: part.swallow ? "continue" : "propagate",
        try_stages: tried,
        catch_stages: caught,
        finally_stages: last,
      };
      return stage(id, "trycatch", config, more);
    }
    case "matrix": {
      const { part: inner } = part;
      const isRefused = inner.kind === "branch" || inner.kind === "matrix";
      const work: Part = isRefused ? { kind: "step", fails: false, tolerated: false } : inner;
      const n = Array.from({ length: part.legs }, (_, index) => index);
      const strategy = { matrix: { n }, fail_fast: part.failFast, max_parallel: 2 };
      return asStage(id, work, { ...more, strategy }, file);
    }
    case "call": {
      const name = `p${Object.keys(file.written.files).length}.pipeline.json`;
      addFile(name, part.body, file.written);
      return stage(id, "subpipeline", { pipeline_id: name, on_error: part.onError }, more);
    }
    case "branch": {
      const true_branch_stages = [...addList(part.yes, file)];
      const false_branch_stages = [...addList(part.no, file)];
      return stage(
        id,
        "conditional",
        { condition: part.taken, true_branch_stages, false_branch_stages },
        more,
      );
    }
  }
}

/** Most ask a model; the others do what takes no time. What is to fail asks one that fails. */
function asStep(id: string, part: Extract<Part, { kind: "step" }>, more: JsonObject): JsonObject {
  const number = Number(id.slice(1));
  const tolerated: JsonObject = part.tolerated ? { ...more, on_error: "continue" } : more;
  if (part.fails || number % 3 !== 2) {
    const retry = number % 4 === 1 ? { retry: { max_retries: 1, initial_delay_ms: 0 } } : {};
    const manner = part.fails ? "fails" : number % 4 === 1 ? "may fail" : "answers";
    return stage(
      id,
      "generator",
      { prompt: `${id} ${manner}`, provider: "vscode" },
      { ...tolerated, ...retry },
    );
  }
  return number % 6 === 2
    ? stage(id, "json_transform", { template: { of: id } }, tolerated)
    : stage(id, "variable_set", { name: "kept", value: id }, tolerated);
}
