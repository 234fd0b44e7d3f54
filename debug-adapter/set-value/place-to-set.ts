import type { Override } from "#core/engine";
import { parseExpression, references } from "#core/expressions";
import type { RunFile } from "../run-files.ts";
import type { Frame } from "../stack.ts";
import type { Origin } from "../variables.ts";

/** Where a value is to be set, or why none can be set there. */
export type PlaceToSet =
  | { readonly ok: true; readonly place: Omit<Override, "value"> }
  | { readonly ok: false; readonly reason: string };

/** The place of a row of the Variables view. */
export function placeOfRow(origin: Origin | undefined): PlaceToSet {
  switch (origin?.kind) {
    case "inputs":
    case "output": {
      const { kind, frames, stage, steps } = origin;
      return { ok: true, place: { address: { frames, stage }, target: { kind }, path: steps } };
    }
    case "variable": {
      const { frames, stage, name, steps } = origin;
      return {
        ok: true,
        place: { address: { frames, stage }, target: { kind: "variable", name }, path: steps },
      };
    }
    case undefined:
    case "stages":
    case "context":
    case "around-output":
      return { ok: false, reason: WHAT_CAN_BE_SET };
  }
}

/** The place that a path of names means in a frame: `inputs.data`, `output.title`, `upstream.draft`, `vars.total`. */
export function placeOfPath(text: string, frame: Frame, file: RunFile): PlaceToSet {
  const parsed = parseExpression(text);
  const [reference, ...others] = references(parsed);
  const isWhole = reference?.start === 0 && reference.end === text.length;
  if (reference === undefined || others.length > 0 || !isWhole || parsed.problems.length > 0)
    return { ok: false, reason: `it is no path of names; ${WHAT_CAN_BE_SET}` };
  const { root, path } = reference;
  const [first, ...rest] = path;
  const { frames } = frame;
  if ((root === "inputs" || root === "output") && file.planOf(root) === undefined) {
    if (frame.kind !== "stage") return { ok: false, reason: "choose the stage's frame in the call stack" };
    return {
      ok: true,
      place: {
        address: { frames, stage: frame.stage },
        target: { kind: root === "inputs" ? "inputs" : "output" },
        path,
      },
    };
  }
  if (root === "vars" || root === "context") {
    if (typeof first !== "string") return { ok: false, reason: "variables are set one by one: vars.NAME" };
    return {
      ok: true,
      place: { address: frame.scope, target: { kind: "variable", name: first }, path: rest },
    };
  }
  const isAmongStages = root === "upstream" || root === "stages";
  const stage = isAmongStages ? first : root;
  if (typeof stage !== "string" || file.planOf(stage) === undefined)
    return { ok: false, reason: WHAT_CAN_BE_SET };
  return {
    ok: true,
    place: { address: { frames, stage }, target: { kind: "output" }, path: isAmongStages ? rest : path },
  };
}

const WHAT_CAN_BE_SET =
  "only inputs of a stage that is about to run, the output of one that has just run, and variables (vars.…) can be set; what the run was started with, its environment and its settings are fixed";
