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
  | { readonly kind: "return" };

/** Parts in parts, up to three deep; some fail, some return. */
export const parts: fc.Arbitrary<readonly Part[]> = fc.letrec<{ part: Part; list: readonly Part[] }>(
  (tie) => ({
    list: fc.array(tie("part"), { minLength: 1, maxLength: 4 }),
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
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("branch" as const),
          taken: fc.boolean(),
          yes: tie("list"),
          no: tie("list"),
        }),
      },
    ),
  }),
).list;

/** The parts as a pipeline: a list, each stage depending on the one before it in its list or on none, in turn. */
export function nestedPipeline(list: readonly Part[], maxParallel: number): JsonObject {
  const stages: JsonObject[] = [];
  addList(list, stages);
  return { ...pipelineOf(...stages), concurrency: { max_parallel: maxParallel } };
}

function addList(list: readonly Part[], stages: JsonObject[]): readonly string[] {
  const ids: string[] = [];
  for (const [place, part] of list.entries()) {
    const id = `s${stages.length}`;
    const before = ids.at(-1);
    const more: JsonObject = before !== undefined && place % 3 !== 0 ? { depends_on: [before] } : {};
    // Its place first, so that ids count up from the outside in.
    const at = stages.push({}) - 1;
    stages[at] = asStage(id, part, more, stages);
    ids.push(id);
  }
  return ids;
}

function asStage(id: string, part: Part, more: JsonObject, stages: JsonObject[]): JsonObject {
  switch (part.kind) {
    case "step": {
      const config = part.fails ? { fail: "EXECUTION" } : {};
      return stage(id, "step", config, part.tolerated ? { ...more, on_error: "continue" } : more);
    }
    case "return":
      return stage(id, "return", { value: id }, more);
    case "loop": {
      const items = Array.from({ length: part.items }, (_, index) => index);
      const loop_stages = addList(part.body, stages);
      return stage(
        id,
        "foreach",
        { items, parallel: part.parallel, break_on_error: part.breaks, loop_stages },
        more,
      );
    }
    case "try": {
      const [tried = [], caught = [], last = []] = part.arms.map((arm) => addList(arm, stages));
      const { retries, swallow } = part;
      return stage(
        id,
        "trycatch",
        { retries, swallow, try_stages: tried, catch_stages: caught, finally_stages: last },
        more,
      );
    }
    case "branch": {
      const true_stages = addList(part.yes, stages);
      const false_stages = addList(part.no, stages);
      return stage(id, "conditional", { taken: String(part.taken), true_stages, false_stages }, more);
    }
  }
}
