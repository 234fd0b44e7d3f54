import { stageBinding } from "#core/component-definitions";
import type { Binding, Scope } from "#core/expressions";
import type { Json, JsonObject } from "#core/ports";
import { secretMarker } from "#core/secrets";
import { errorVariableOf, resolveStageName } from "../plan/names.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import type { FrameView } from "./frame-view.ts";
import { visibleVariables } from "./run-frame.ts";
import { bindView, viewStage } from "./stage-view.ts";

/** From where an expression looks at a run. */
export interface Viewpoint {
  readonly runId: string;
  readonly frame: FrameView;
  readonly stage: StagePlan;
}

/**
 * The names an expression of a stage may use now: `own`, loop and error names from the inside out, the roots, then
 * stages by their bare ids (design, "Expressions"). Values are looked up as they are asked for.
 */
export function stageScope(from: Viewpoint, own: JsonObject = {}): Scope {
  return {
    resolve: (name) => {
      if (Object.hasOwn(own, name)) return ownBinding(from, name, own[name] ?? null);
      const around = valueOfName(from, name);
      if (around !== undefined) return value(around);
      if (name === "upstream" || name === "stages") {
        return {
          kind: "namespace",
          resolve: (id) => stageNamed(from, id),
          names: () => from.frame.pipeline.plan.stages.keys(),
        };
      }
      // Variables one by one: all of them together are nobody's to pass on, for keys are among them.
      if (name === "env") return membersOf(from.frame.pipeline.plan.env);
      if (name === "secrets") return secretsOf(from);
      return stageNamed(from, name);
    },
    names: function* () {
      yield* Object.keys(own);
      for (let each: FrameView | null = from.frame; each !== null; each = each.parent)
        yield* Object.keys(namesOf(each));
      yield* ["input", "upstream", "stages", "env", "context", "vars"];
      yield* from.frame.pipeline.plan.stages.keys();
    },
  };
}

/** `output` is the stage's, with the other names that its component gives to fields. */
function ownBinding({ stage }: Viewpoint, name: string, json: Json): Binding {
  return name === "output" ? stageBinding({ id: stage.id, output: json }, stage.definition) : value(json);
}

/** The value of a root or a loop or error name; undefined when it is neither. */
export function valueOfName(from: Viewpoint, name: string): Json | undefined {
  const around = valueAround(from, name);
  // Null is a value like any other.
  return around === undefined ? rootValue(from, name) : around;
}

/** The loop around, where no stage is called that. */
function loopAround(from: Viewpoint): Json | undefined {
  if (resolveStageName(from.frame.pipeline.plan.stages, from.stage, "loop") !== undefined) return undefined;
  for (let each: FrameView | null = from.frame; each !== null; each = each.parent) {
    if (each.loop === null || each.loop.variables === null) continue;
    const { item, index, total, variables } = each.loop;
    return { item, index, total, [variables.item]: item, [variables.index]: index };
  }
  return undefined;
}

function valueAround({ frame }: Viewpoint, name: string): Json | undefined {
  for (let each: FrameView | null = frame; each !== null; each = each.parent) {
    if (each.loop === null && each.error === null) continue;
    const names = namesOf(each);
    if (Object.hasOwn(names, name)) return names[name];
  }
  return undefined;
}

function rootValue(from: Viewpoint, name: string): Json | undefined {
  switch (name) {
    case "input":
      return from.frame.pipeline.visibleInput;
    case "context":
      return context(from);
    case "vars":
      return Object.fromEntries(visibleVariables(from.frame));
    case "loop":
      return loopAround(from);
    default:
      return undefined;
  }
}

/** `context` has the run's own names, the variables, and those of the loops and tries around. */
function context(from: Viewpoint): JsonObject {
  const { runId, frame: own, stage } = from;
  const { plan } = own.pipeline;
  return {
    ...Object.fromEntries(visibleVariables(own)),
    ...namesAround(own),
    run_id: runId,
    trace_id: runId,
    pipeline_id: plan.pipeline.id,
    pipeline_version: plan.pipeline.version,
    stage_id: stage.id,
  };
}

/** The names of the loops and tries around, of which the inner ones hide the outer. */
function namesAround(frame: FrameView): JsonObject {
  const own = namesOf(frame);
  return frame.parent === null ? own : { ...namesAround(frame.parent), ...own };
}

/** The names that a loop or a try puts in sight of the stages of its frame. */
export function namesOf({ loop, error, schedule }: FrameView): JsonObject {
  if (loop !== null) {
    const { item, index, total, variables } = loop;
    if (variables === null) return { matrix: item };
    return {
      loop_item: item,
      loop_index: index,
      loop_total: total,
      current_item: item,
      item_index: index,
      [variables.item]: item,
      [variables.index]: index,
    };
  }
  if (error === null) return {};
  const told = { message: error.message, type: error.type, stage: error.stage };
  const owner = schedule.region.owner?.stage;
  const named = owner === undefined ? undefined : errorVariableOf(owner);
  return {
    ...(named === undefined ? {} : { [named]: error.message }),
    error: told,
    _error: told,
    error_message: error.message,
    error_type: error.type,
    error_occurred: true,
  };
}

/** Of each secret that the stage names its marker: no value ever comes here. */
function secretsOf({ stage, frame }: Viewpoint): Binding | undefined {
  const { secretMark } = frame.pipeline.plan;
  if (secretMark === null || stage.secrets.length === 0) return undefined;
  return {
    kind: "namespace",
    resolve: (name) => {
      const secret = stage.secrets.find((each) => each.name === name);
      if (secret === undefined) return undefined;
      return value(secret.isAbsent ? null : secretMarker(secret.source, "plain", secretMark));
    },
    names: () => stage.secrets.map(({ name }) => name),
  };
}

function stageNamed(from: Viewpoint, name: string): Binding | undefined {
  const target = resolveStageName(from.frame.pipeline.plan.stages, from.stage, name);
  if (target === undefined) return undefined;
  return bindView(target, viewStage(from.frame, from.stage, target));
}

function membersOf(object: JsonObject): Binding {
  return {
    kind: "namespace",
    resolve: (name) => (Object.hasOwn(object, name) ? value(object[name] ?? null) : undefined),
    names: () => Object.keys(object),
  };
}

function value(json: Json): Binding {
  return { kind: "value", value: json };
}
