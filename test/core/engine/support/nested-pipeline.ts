import fc from "fast-check";
import type { JsonObject } from "#core/ports";
import { pipelineOf, stage } from "./runs.ts";

/** A part of a pipeline before its stages have ids. */
export type Part =
  | { readonly kind: "step"; readonly fails: boolean; readonly tolerated: boolean }
  | {
      readonly kind: "loop";
      readonly items: number;
      readonly parallel: number;
      readonly breaks: boolean;
      readonly body: readonly Part[];
    }
  | {
      readonly kind: "try";
      readonly retries: number;
      readonly swallow: boolean;
      readonly arms: readonly (readonly Part[])[];
    }
  | {
      readonly kind: "branch";
      readonly taken: boolean;
      readonly yes: readonly Part[];
      readonly no: readonly Part[];
    }
  | { readonly kind: "return" }
  /** A stage of a matrix: a step, a loop, a try or a call, once for each leg. */
  | { readonly kind: "matrix"; readonly legs: number; readonly failFast: boolean; readonly part: Part }
  | { readonly kind: "call"; readonly onError: "propagate" | "ignore"; readonly body: readonly Part[] };

/** Parts in parts, up to three deep; some fail, some return. */
export const parts: fc.Arbitrary<readonly Part[]> = partsOf(4);

/** The same, with lists that are up to so long. */
export function partsOf(maxLength: number): fc.Arbitrary<readonly Part[]> {
  return fc.letrec<{ part: Part; list: readonly Part[] }>((tie) => ({
    list: fc.array(tie("part"), { minLength: 1, maxLength, size: "max" }),
    part: fc.oneof(
      { maxDepth: 3, depthIdentifier: "nesting" },
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant("step" as const),
          fails: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
          tolerated: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.constant({ kind: "return" as const }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("loop" as const),
          items: fc.nat(3),
          parallel: fc.integer({ min: 1, max: 3 }),
          breaks: fc.boolean(),
          body: tie("list"),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("try" as const),
          retries: fc.nat(1),
          swallow: fc.boolean(),
          arms: fc.array(tie("list"), { minLength: 1, maxLength: 3 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("matrix" as const),
          legs: fc.integer({ min: 1, max: 3 }),
          failFast: fc.boolean(),
          part: tie("part"),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("call" as const),
          onError: fc.constantFrom("propagate" as const, "ignore" as const),
          body: tie("list"),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("branch" as const),
          taken: fc.boolean(),
          yes: tie("list"),
          no: tie("list"),
        }),
      },
    ),
  })).list;
}

/** A pipeline, and those it calls by the paths of their files. */
export interface NestedPipelines {
  readonly pipeline: JsonObject;
  readonly called: Readonly<Record<string, JsonObject>>;
}

/** The parts as a pipeline: a list, each stage depending on the one before it in its list or on none, in turn. */
export function nestedPipeline(list: readonly Part[], maxParallel: number): NestedPipelines {
  const called: Record<string, JsonObject> = {};
  const pipeline = pipelineOfParts(list, called);
  return { pipeline: { ...pipeline, concurrency: { max_parallel: maxParallel } }, called };
}

function pipelineOfParts(list: readonly Part[], called: Record<string, JsonObject>): JsonObject {
  const stages: JsonObject[] = [];
  addList(list, { stages, called });
  return pipelineOf(...stages);
}

interface Written {
  readonly stages: JsonObject[];
  readonly called: Record<string, JsonObject>;
}

/** Adds a stage for each part, which may add those that are in it; gives the ids of the list. */
export function addParts(
  list: readonly Part[],
  stages: JsonObject[],
  write: (id: string, part: Part, more: JsonObject) => JsonObject,
): readonly string[] {
  const ids: string[] = [];
  for (const [place, part] of list.entries()) {
    const id = `s${stages.length}`;
    const before = ids.at(-1);
    const more: JsonObject = before !== undefined && place % 3 !== 0 ? { depends_on: [before] } : {};
    // Its place first, so that ids count up from the outside in.
    const at = stages.push({}) - 1;
    stages[at] = write(id, part, more);
    ids.push(id);
  }
  return ids;
}

function addList(list: readonly Part[], written: Written): readonly string[] {
  return addParts(list, written.stages, (id, part, more) => asStage(id, part, more, written));
}

function asStage(id: string, part: Part, more: JsonObject, written: Written): JsonObject {
  switch (part.kind) {
    case "step": {
      const config = part.fails ? { fail: "EXECUTION" } : {};
      return stage(id, "step", config, part.tolerated ? { ...more, on_error: "continue" } : more);
    }
    case "return":
      return stage(id, "return", { value: id }, more);
    case "loop": {
      const items = Array.from({ length: part.items }, (_, index) => index);
      const loop_stages = addList(part.body, written);
      return stage(
        id,
        "foreach",
        { items, parallel: part.parallel, break_on_error: part.breaks, loop_stages },
        more,
      );
    }
    case "try": {
      const [tried = [], caught = [], last = []] = part.arms.map((arm) => addList(arm, written));
      const { retries, swallow } = part;
      return stage(
        id,
        "trycatch",
        { retries, swallow, try_stages: tried, catch_stages: caught, finally_stages: last },
        more,
      );
    }
    case "matrix": {
      // A branch cannot be taken once for each leg, and one matrix is enough for a stage.
      const { part: inner } = part;
      const isRefused = inner.kind === "branch" || inner.kind === "matrix";
      const work: Part = isRefused ? { kind: "step", fails: false, tolerated: false } : inner;
      const n = Array.from({ length: part.legs }, (_, index) => index);
      const strategy = { matrix: { n }, fail_fast: part.failFast, max_parallel: 2 };
      return asStage(id, work, { ...more, strategy }, written);
    }
    case "call": {
      const path = `p${Object.keys(written.called).length}.json`;
      written.called[path] = {};
      written.called[path] = { ...pipelineOfParts(part.body, written.called), name: path.slice(0, -5) };
      return stage(id, "subpipeline", { pipeline_id: path, on_error: part.onError }, more);
    }
    case "branch": {
      const true_stages = addList(part.yes, written);
      const false_stages = addList(part.no, written);
      return stage(id, "conditional", { taken: String(part.taken), true_stages, false_stages }, more);
    }
  }
}
