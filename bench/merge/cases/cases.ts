import type { Answer, MergeCase } from "./case.ts";
import { castOf, categories, type Scene } from "./categories.ts";
import { type Json, type Pipeline, pipelineOf, plain, type Stage, written } from "./pipelines.ts";
import { seeded } from "./seeded.ts";

/** Beside the chain: two stages that wait for nothing, a loop with two stages in its body, and branches that are lists. */
const aside: readonly Stage[] = [
  ...["left_side", "right_side"].map((id, index) => ({
    id,
    component_type: "logger",
    depends_on: [],
    config: { message: `Beside the chain: ${index}` },
  })),
  {
    id: "each_one",
    component_type: "foreach",
    depends_on: [],
    config: { items: "{{input.items}}", item_variable: "item" },
    loop_stages: ["inner_first", "inner_last"].map((id) => ({
      id,
      component_type: "logger",
      config: { message: `${id} of {{item}}`, level: "info" },
    })),
  },
  {
    id: "guarded",
    component_type: "trycatch",
    depends_on: [],
    config: { try_stages: ["left_side"], catch_stages: [] },
  },
];

/** So many cases of each category, from 4 to 20 stages long; the same ones for the same number. */
export function mergeCases(perCategory: number): readonly MergeCase[] {
  return Object.entries(categories).flatMap(([category, sceneOf], row) =>
    Array.from({ length: perCategory }, (_, index) => {
      const random = seeded(1_000 * row + index);
      const chain = pipelineOf(random, 4 + random.below(17));
      const base: Pipeline = { ...chain, stages: [...aside, ...chain.stages] };
      const scene = sceneOf(castOf(random, base));
      return caseOf(category, base, scene, index % 2 === 0 ? "as it is" : "swapped");
    }),
  );
}

function caseOf(
  category: string,
  base: Pipeline,
  { ours, theirs, right, style = plain, dialect }: Scene,
  sides: "as it is" | "swapped",
): MergeCase {
  const one = written(ours(base));
  const changed = theirs(base);
  const other = written(dialect?.(changed) ?? changed, style);
  const answer: Answer =
    right === "conflict"
      ? { kind: "conflict" }
      : {
          kind: "merged",
          any: right === "both" ? [bothOf(base, ours, theirs)] : eitherOf(base, ours, theirs),
        };
  // The merged file is in the dialect of "ours".
  return sides === "as it is" || dialect !== undefined
    ? { category, base: written(base), ours: one, theirs: other, answer }
    : { category, base: written(base), ours: other, theirs: one, answer };
}

function bothOf(base: Pipeline, ours: Scene["ours"], theirs: Scene["theirs"]): Json {
  // What both do alike is done once.
  return ours === theirs ? ours(base) : ours(theirs(base));
}

function eitherOf(base: Pipeline, ours: Scene["ours"], theirs: Scene["theirs"]): readonly Json[] {
  return [ours(theirs(base)), theirs(ours(base))];
}
