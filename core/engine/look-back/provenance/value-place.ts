import { addressKey, type FrameStep, type Json, type StageAddress } from "#core/ports";

/** A key of an object or a position in a list. */
export type ValueStep = string | number;

/** Where a value of a run is: in what, and at which path in that. */
export type ValuePlace = {
  readonly path: readonly ValueStep[];
} /** What an attempt at a stage was given; the last one without `attempt`. */ & (
  | { readonly kind: "inputs"; readonly address: StageAddress; readonly attempt?: number }
  | { readonly kind: "output"; readonly address: StageAddress }
  /** A variable, as a stage sees it. */
  | { readonly kind: "variable"; readonly address: StageAddress; readonly name: string }
  /** What the pipeline of a frame was started or called with. */
  | { readonly kind: "input"; readonly frames: readonly FrameStep[] }
  /** What the pipeline of a frame gave in the end. */
  | { readonly kind: "result"; readonly frames: readonly FrameStep[] }
  /** The item of a round of a loop, or of a leg of a matrix. */
  | { readonly kind: "item"; readonly frames: readonly FrameStep[] }
  /** What has no more of a past than its name: `env.HOME`, `context.run_id`, a loop's index, an error. */
  | { readonly kind: "name"; readonly name: string }
);

/** A place in words: `draft.title`, `inputs of report.text`, `vars.total`, `input.topic`. */
export function placeWords(place: ValuePlace): string {
  const { path } = place;
  switch (place.kind) {
    case "inputs":
      return `inputs of ${addressKey(place.address)}${pathWords(path)}`;
    case "output":
      return `${addressKey(place.address)}${pathWords(path)}`;
    case "variable":
      return `vars.${place.name}${pathWords(path)}`;
    case "input":
      return `${within(place.frames)}input${pathWords(path)}`;
    case "result":
      return `${within(place.frames)}output of the pipeline${pathWords(path)}`;
    case "item":
      return `item of ${frameWords(place.frames)}${pathWords(path)}`;
    case "name":
      return `${place.name}${pathWords(path)}`;
  }
}

/** Steps as an expression has them: `.title`, `[0]`, `["a key"]`. */
export function pathWords(path: readonly ValueStep[]): string {
  return path
    .map((step) =>
      typeof step === "number"
        ? `[${step}]`
        : /^[A-Za-z_]\w*$/.test(step)
          ? `.${step}`
          : `[${JSON.stringify(step)}]`,
    )
    .join("");
}

/** How far a path leads into a value: the steps that are there, counted from the front, and what is at their end. */
export function followSteps(
  whole: Json,
  path: readonly ValueStep[],
): { readonly steps: readonly ValueStep[]; readonly value: Json } {
  const steps: ValueStep[] = [];
  let value = whole;
  for (const step of path) {
    if (value === null || typeof value !== "object") break;
    const key = Array.isArray(value) && typeof step === "number" && step < 0 ? value.length + step : step;
    if (!Object.hasOwn(value, key) || (Array.isArray(value) && typeof key !== "number")) break;
    steps.push(key);
    // It has that key: an index of a list is one.
    value = (value as { readonly [key: string]: Json })[key] ?? null;
  }
  return { steps, value };
}

function frameWords(frames: readonly FrameStep[]): string {
  return addressKey({ frames, stage: "" }).replace(/\/$/, "");
}

function within(frames: readonly FrameStep[]): string {
  return frames.length === 0 ? "" : `${frameWords(frames)}/`;
}
