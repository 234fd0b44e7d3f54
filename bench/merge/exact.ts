import { diff as changeset } from "json-diff-ts";
import { create } from "jsondiffpatch";
import type { PipelineText } from "../../core/merge/content/read-alike.ts";
import { readText } from "../../core/merge/content/read-text.ts";
import { diffRead } from "../../core/merge/diff/diff-pipelines.ts";
import type { LargeDiff } from "./large.ts";

/** Says how many stages were touched between two texts. */
export interface Differ {
  readonly name: string;
  /** Reads both; what it gives compares them. */
  read(diff: Pick<LargeDiff, "before" | "after">): () => number;
}

interface Read {
  readonly stages: readonly { readonly id: string }[];
}

const read = (text: string): Read => JSON.parse(text);

export const flowMasonDiff: Differ = {
  name: "FlowMason",
  read({ before, after }) {
    const old = pipelineIn(before);
    // Stages that are written as before are the same objects: they are known to be alike once they are read.
    const now = pipelineIn(after, old);
    return () => {
      // A stage with another id is two stages to the others.
      const touched = diffRead(old, now).changes.flatMap((change) => {
        if (change.kind === "stage-renamed") return [change.from, change.stage];
        return "stage" in change ? [change.stage] : [];
      });
      return new Set(touched).size;
    };
  },
};

function pipelineIn(text: string, like?: PipelineText): PipelineText {
  const result = readText(text, like);
  if (!result.ok) throw new Error(result.message);
  return result.pipeline;
}

/** The least that is exact: stages by id, compared by their texts, and a longest increasing run for the order. */
export const floorDiff: Differ = {
  name: "JSON.parse, a map of ids, texts compared, longest run (floor)",
  read({ before, after }) {
    const [old, now] = [read(before).stages, read(after).stages];
    return () => touchedAmong(old, now);
  },
};

function touchedAmong(old: Read["stages"], now: Read["stages"]): number {
  const was = new Map(old.map((stage, index) => [stage.id, { text: JSON.stringify(stage), index }]));
  const touched = new Set<string>();
  const order: number[] = [];
  const ids: string[] = [];
  for (const stage of now) {
    const known = was.get(stage.id);
    if (known === undefined || known.text !== JSON.stringify(stage)) touched.add(stage.id);
    if (known === undefined) continue;
    order.push(known.index);
    ids.push(stage.id);
  }
  const here = new Set(ids);
  for (const { id } of old) if (!here.has(id)) touched.add(id);
  const still = longestRun(order);
  ids.forEach((id, index) => {
    if (!still.has(index)) touched.add(id);
  });
  return touched.size;
}

const byId = create({
  objectHash: (item, index) =>
    typeof item === "object" && item !== null && "id" in item ? String(item.id) : `at ${index}`,
});

export const jsonDiffPatchDiff: Differ = {
  name: "jsondiffpatch (id hash)",
  read({ before, after }) {
    const [old, now] = [read(before), read(after)];
    return () => {
      const stages = member(byId.diff(old, now), "stages");
      // `_t` marks a list; what has an underscore is of the old list.
      return Object.keys(stages).filter((key) => key !== "_t").length;
    };
  },
};

export const jsonDiffTsDiff: Differ = {
  name: "json-diff-ts (id)",
  read({ before, after }) {
    const [old, now] = [read(before), read(after)];
    return () => {
      const changes = changeset(old, now, { embeddedObjKeys: { stages: "id" } });
      const stages = changes.find(({ key }) => key === "stages");
      return new Set(stages?.changes?.map(({ key }) => key)).size;
    };
  },
};

/** Ours first. */
export const differs: readonly Differ[] = [flowMasonDiff, floorDiff, jsonDiffPatchDiff, jsonDiffTsDiff];

function member(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "object" && found !== null ? { ...found } : {};
}

/** The indexes of a longest increasing run. */
function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, index) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const run = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) run.add(index);
  return run;
}
