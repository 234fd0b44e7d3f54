import type { GatePoint, StepPoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { FrameStep, Json, JsonObject, ModelRequest } from "#core/ports";
import type { ByHand } from "./by-hand.ts";
import { configOf, maskedEnv, promptOf } from "./more-scopes.ts";
import type { Shown } from "./shown.ts";
import type { Frame } from "./stack.ts";
import { stepScopes } from "./step-scopes.ts";
import { childCounts, type NamedValue, type Origin } from "./variables.ts";

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
export function scopesOf(frame: Frame, names: Scope, shown: Looked): readonly FrameScope[] {
  const { metrics, byHand } = shown;
  const outputs: FrameScope = {
    name: "Upstream",
    root: later("upstream", frame.frames, () => finishedOutputs(names)),
  };
  switch (frame.kind) {
    case "stage":
      return [
        ...stageScopes(frame.point),
        ...byHandScope(byHand, frame),
        ...planScopes(frame, shown),
        outputs,
        ...(hasContext(names) ? [contextScope(frame, names)] : []),
        envScope(frame, names, shown),
        ...metricsScope(metrics.of(frame.point.address)),
      ];
    case "step":
      return stepScopes(frame.point);
    case "owner":
      return [contextScope(frame, names), outputs];
    case "pipeline":
      return [
        { name: "Inputs", root: root("input", valueOf(names, "input")) },
        { ...outputs, name: "Output" },
        envScope(frame, names, shown),
        ...metricsScope(metrics.total()),
      ];
  }
}

/** Where numbers of the run, and what was set by hand, come from. */
type Looked = Pick<Shown, "metrics" | "byHand" | "fileAt" | "provider" | "asked">;

/** What the stage runs with, and what its model was asked, or is to be. */
function planScopes(
  { point, frames }: Extract<Frame, { kind: "stage" }>,
  { fileAt, provider, asked }: Looked,
): readonly FrameScope[] {
  const file = fileAt(frames);
  const plan = file.planOf(point.stage);
  if (plan === undefined) return [];
  const inputs = (): JsonObject => inputsOf(point);
  const config = following(null, () => configOf(plan, file.plan, { provider, inputs: inputs() }));
  // Before an attempt what the one before it asked is no news.
  const prompt = promptOf(askedAt(point, asked), plan, inputs());
  return [
    { name: "Config", root: config },
    ...(prompt === null ? [] : [{ name: "Prompt", root: root(null, prompt) }]),
  ];
}

function inputsOf(point: GatePoint | StepPoint): JsonObject {
  if (point.kind === "within") return point.inputs;
  return point.kind === "before" && point.inputs.ok ? point.inputs.value : {};
}

function askedAt(point: GatePoint | StepPoint, asked: Looked["asked"]): ModelRequest | null {
  switch (point.kind) {
    case "before":
      return null;
    case "within":
      return point.step.request;
    case "after":
      return asked(point.address);
  }
}

function envScope({ frames }: Frame, names: Scope, { fileAt }: Looked): FrameScope {
  return {
    name: "Env",
    root: following("env", () => maskedEnv(names, fileAt(frames).plan.declaredEnv)),
  };
}

function byHandScope(byHand: ByHand, { point }: Extract<Frame, { kind: "stage" }>): readonly FrameScope[] {
  const set = byHand.at(point.address);
  return Object.keys(set).length === 0 ? [] : [{ name: "Set by Hand", root: root(null, set) }];
}

function metricsScope(metrics: JsonObject | null): readonly FrameScope[] {
  return metrics === null ? [] : [{ name: "Metrics", root: root(null, metrics) }];
}

function stageScopes(point: GatePoint | StepPoint): readonly FrameScope[] {
  const place = { frames: point.address.frames, stage: point.stage };
  // What it was given already is not to be set any more.
  if (point.kind === "within") return [{ name: "Inputs", root: root("inputs", point.inputs) }];
  if (point.kind === "before") {
    if (!point.inputs.ok)
      return [{ name: "Inputs", root: root(null, { error: point.inputs.failure.message }) }];
    const origin = { kind: "inputs", ...place, steps: [] } as const;
    // Looked up each time: it may be set by hand.
    const inputs = following("inputs", () => (point.inputs.ok ? point.inputs.value : {}), origin);
    return [{ name: "Inputs", root: inputs }];
  }
  const { outcome } = point;
  switch (outcome.kind) {
    case "succeeded":
      return [outputScope(() => outcome.output, place)];
    case "failed":
      return [{ name: "Output", root: root(null, { error: outcome.failure.message }) }];
    case "cancelled":
      return [];
  }
}

/** What the run, the loops and tries around, and the variables are called there. */
function contextScope({ scope }: Frame, names: Scope): FrameScope {
  const isVariable = (name: string): boolean => Object.hasOwn(variablesOf(names), name);
  const origin = { kind: "context", ...scope, isVariable } as const;
  return { name: "Context", root: following("context", () => valueOf(names, "context"), origin) };
}

/** Whether there is more in it than what each stage of each run has. */
function hasContext(names: Scope): boolean {
  const context = valueOf(names, "context");
  return (
    context !== null &&
    typeof context === "object" &&
    Object.keys(context).some((name) => !EVERYWHERE.has(name))
  );
}

const EVERYWHERE: ReadonlySet<string> = new Set([
  "run_id",
  "trace_id",
  "pipeline_id",
  "pipeline_version",
  "stage_id",
]);

function variablesOf(names: Scope): object {
  const variables = valueOf(names, "vars");
  return variables !== null && typeof variables === "object" ? variables : {};
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
  output: () => Json,
  place: { readonly frames: readonly FrameStep[]; readonly stage: string },
): FrameScope {
  const now = output();
  const isTree = now !== null && typeof now === "object";
  const shown = isTree
    ? following("output", output, { kind: "output", ...place, steps: [] })
    : following(null, () => ({ output: output() }), { kind: "around-output", ...place });
  return { name: "Output", root: shown, counts: childCounts(shown.value) };
}

/** A root whose value is looked up each time that it is asked for. */
function following(evaluateName: string | null, read: () => Json, origin?: Origin): NamedValue {
  return {
    name: "",
    evaluateName,
    ...(origin === undefined ? {} : { origin }),
    get value() {
      return read();
    },
  };
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
