import { addressKey, type Json } from "#core/ports";
import type { DataPlace } from "./data-place.ts";
import type { GateView } from "./gate-view.ts";

/** What stages last got and gave, and what variables last were: against it a change shows. */
export interface LastValues {
  /** Takes in what a gate tells. */
  look(view: GateView): void;
  /** Whether that gate tells of the place anew. */
  isNewAt(place: DataPlace, view: GateView): boolean;
  /** The whole value that the place is in, as it was last; undefined before there was one. Variables are those of the gate's frame. */
  of(place: DataPlace, view: GateView): Json | undefined;
}

/** Before any gate. */
export function createLastValues(): LastValues {
  const values = new Map<string, Json>();

  return {
    look: (view) => {
      const { point, file } = view;
      if (point.kind === "before") {
        if (point.inputs.ok) values.set(keyOf("inputs", file.path, point.stage), point.inputs.value);
        // What a round or a call begins with is no change in it.
        if (values.has(variablesKey(view))) return;
      } else if (point.outcome.kind === "succeeded")
        values.set(keyOf("output", file.path, point.stage), point.outcome.output);
      const variables = view.scope().resolve("vars");
      if (variables?.kind === "value") values.set(variablesKey(view), variables.value);
    },
    isNewAt: (place, { point, file }) => {
      if (place.path !== file.path) return false;
      switch (place.kind) {
        case "inputs":
          return point.kind === "before" && point.stage === place.stage && point.inputs.ok;
        case "output": {
          const isStage = point.kind === "after" && point.stage === place.stage;
          return isStage && point.outcome.kind === "succeeded";
        }
        case "variable":
          return point.kind === "after";
      }
    },
    of: (place, view) =>
      values.get(place.kind === "variable" ? variablesKey(view) : keyOf(place.kind, place.path, place.stage)),
  };
}

/** Each round, and each call, has variables of its own. */
function variablesKey({ point, file }: GateView): string {
  return keyOf("variables", file.path, addressKey({ frames: point.address.frames, stage: "" }));
}

function keyOf(part: "inputs" | "output" | "variables", path: string, stage: string): string {
  return JSON.stringify([part, path, stage]);
}
