import type { GatePoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { FrameStep, Json, JsonObject } from "#core/ports";
import type { RunMetrics } from "./run-metrics.ts";
import type { Frame } from "./stack.ts";
import { childCounts, type NamedValue } from "./variables.ts";

/** A scope of a frame: a tree that is opened as the user opens it. */
export interface FrameScope {
  readonly name: string;
  readonly root: NamedValue;
  /** How many rows a list or object has, where a client is to page them. */
  readonly counts?: ReturnType<typeof childCounts>;
}

/**
 * The scopes of a frame: what the stage gets and gave, and the outputs it may refer to. A scope is there only
 * when it has something to show: a stage that has not run has no Output.
 */
export function scopesOf(frame: Frame, names: Scope, metrics: Metrics): readonly FrameScope[] {
  const outputs: FrameScope = {
    name: "Upstream",
    root: later("upstream", frame.frames, () => finishedOutputs(names)),
  };
  switch (frame.kind) {
    case "stage":
      return [...stageScopes(frame.point), outputs, ...metricsScope(metrics.of(frame.point.address))];
    case "owner":
      return [...loopScope(names), outputs];
    case "pipeline":
      return [
        { name: "Inputs", root: root("input", valueOf(names, "input")) },
        { ...outputs, name: "Output" },
        ...metricsScope(metrics.total()),
      ];
  }
}

/** Where numbers of the run come from. */
type Metrics = Pick<RunMetrics, "of" | "total">;

function metricsScope(metrics: JsonObject | null): readonly FrameScope[] {
  return metrics === null ? [] : [{ name: "Metrics", root: root(null, metrics) }];
}

function stageScopes(point: GatePoint): readonly FrameScope[] {
  const place = { frames: point.address.frames, stage: point.stage };
  if (point.kind === "before") {
    const inputs: Json = point.inputs.ok ? point.inputs.value : { error: point.inputs.failure.message };
    const origin = { kind: "inputs", ...place, steps: [] } as const;
    return [{ name: "Inputs", root: { ...root(null, inputs), ...(point.inputs.ok ? { origin } : {}) } }];
  }
  switch (point.outcome.kind) {
    case "succeeded":
      return [outputScope(point.outcome.output, place)];
    case "failed":
      return [{ name: "Output", root: root(null, { error: point.outcome.failure.message }) }];
    case "cancelled":
      return [];
  }
}

function loopScope(names: Scope): readonly FrameScope[] {
  const context = valueOf(names, "context");
  return [{ name: "Context", root: root("context", context) }];
}

/** The outputs of the stages that have finished, by id, as expressions see them. */
function finishedOutputs(names: Scope): JsonObject {
  const upstream = names.resolve("upstream");
  const outputs: { [stage: string]: Json } = Object.create(null);
  if (upstream?.kind !== "namespace") return outputs;
  for (const id of upstream.names()) {
    const stage = upstream.resolve(id);
    if (stage?.kind === "stage") outputs[id] = stage.output;
  }
  return outputs;
}

function valueOf(names: Scope, name: string): Json {
  const binding = names.resolve(name);
  return binding?.kind === "value" ? binding.value : {};
}

/** A scope's children are rows with names: an output that is a single value gets one, as nothing else has. */
function outputScope(
  output: Json,
  place: { readonly frames: readonly FrameStep[]; readonly stage: string },
): FrameScope {
  const isTree = output !== null && typeof output === "object";
  const shown = isTree
    ? { ...root("output", output), origin: { kind: "output", ...place, steps: [] } as const }
    : { ...root(null, { output }), origin: { kind: "around-output", ...place } as const };
  return { name: "Output", root: shown, counts: childCounts(shown.value) };
}

function root(expression: string | null, value: Json): NamedValue {
  return { name: "", value, evaluateName: expression };
}

/** A root that is worked out when it is opened: a run may have a thousand outputs, and most are never looked at. */
function later(expression: string, frames: readonly FrameStep[], make: () => Json): NamedValue {
  let made: Json | undefined;
  return {
    name: "",
    evaluateName: expression,
    origin: { kind: "stages", frames },
    get value() {
      made ??= make();
      return made;
    },
  };
}
