import { type ComponentDefinition, completeInputs, inputFieldOf } from "#core/component-definitions";
import type { OverrideTarget } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import type { Json, StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import type { Live } from "./live.ts";
import { refuseUnwritable } from "./refuse-unwritable.ts";
import { type RunFrame, visibleVariables } from "./run-frame.ts";
import type { Session } from "./session.ts";
import { withValueAt } from "./value-at-path.ts";

/** A value that a person sets by hand where a run stands at a gate. */
export interface Override {
  /** The stage that stands there; of a variable, the stage in whose frame it is set. */
  readonly address: StageAddress;
  readonly target: OverrideTarget;
  /** Where in the inputs, the output or the variable; empty for all of it. */
  readonly path: readonly (string | number)[];
  readonly value: Json;
}

/** What became of it. A refusal says why, and what to do. */
export type OverrideAnswer =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: string };

/**
 * Sets a value by hand and records it: the inputs of a stage that stands before an attempt, the output of one that has
 * just succeeded and that nothing has used yet, or a variable. What comes after uses it; what was recorded stays.
 */
export function override(session: Session, change: Override): OverrideAnswer {
  const frame = session.frames.get(frameKey(change.address.frames));
  const stage = frame?.pipeline.plan.stages.get(change.address.stage);
  if (frame === undefined || stage === undefined) return refused("its stage is over");
  const { target } = change;
  const live = frame.schedule.region === stage.region ? frame.live[stage.index] : undefined;
  switch (target.kind) {
    case "variable":
      return overrideVariable(session, frame, target.name, change);
    case "inputs":
      return live === undefined ? refused(notHeld(stage.id)) : overrideInputs(session, live, change);
    case "output":
      return live === undefined ? refused(notHeld(stage.id)) : overrideOutput(session, live, change);
  }
}

function notHeld(id: string): string {
  return `the stage "${id}" has been let go, and others may have used what it gave: stop after it (breakpoint after:${id}), or fork the run (fm fork)`;
}

function overrideInputs(session: Session, live: Live, change: Override): OverrideAnswer {
  const { held, stage } = live;
  if (held?.kind !== "before" || live.ended)
    return refused(
      `the inputs of "${stage.id}" are what it was given; set them before it runs, or retry the stage`,
    );
  if (stage.isMatrix)
    return refused(`"${stage.id}" runs once for each leg of its matrix; set inputs in a leg`);
  const [field] = change.path;
  const known = typeof field === "string" ? inputFieldOf(stage.definition, field) : undefined;
  if (field === undefined || known === undefined)
    return refused(
      field === undefined
        ? "inputs are set one by one"
        : `${stage.definition.type} has no input "${field}": it has ${fieldsOf(stage.definition)}`,
    );
  if (Object.hasOwn(stage.definition.deferred, known))
    return refused(
      `"${known}" is an expression that ${stage.definition.type} evaluates itself: change it in the file, and start the run again`,
    );
  const before = held.inputs.kind === "ok" ? held.inputs.value : null;
  if (before === null)
    return refused(`the inputs of "${stage.id}" could not be resolved: mend them in the file`);
  const changed = withValueAt(before, [known, ...change.path.slice(1)], change.value);
  if (!changed.ok) return changed;
  const completed = completeInputs(stage.definition, isJsonObject(changed.value) ? changed.value : {});
  if (!completed.ok) return refused(completed.failure.message);
  const unwritable = refuseUnwritable("inputs", completed.inputs);
  if (unwritable !== null) return refused(unwritable.message);
  live.held = { kind: "before", inputs: { kind: "ok", value: completed.inputs } };
  record(session, change, live, { before, value: completed.inputs });
  return { ok: true, value: completed.inputs };
}

function overrideOutput(session: Session, live: Live, change: Override): OverrideAnswer {
  const { held, stage, frame } = live;
  if (held?.kind !== "after")
    return refused(
      `"${stage.id}" has no output that could be set: stop after it, with the breakpoint after:${stage.id}`,
    );
  if (held.decision !== null)
    return refused(
      `"${stage.id}" has decided already, and its output only tells of it: set its inputs before it runs (breakpoint before:${stage.id})`,
    );
  const before = frame.outputs[stage.index];
  if (before === undefined)
    return refused(`"${stage.id}" has failed, and there is no output; it can be retried`);
  const changed = withValueAt(before, change.path, change.value);
  if (!changed.ok) return changed;
  const misfit = whyNoOutput(stage.definition, before, changed.value);
  if (misfit !== null) return refused(misfit);
  const unwritable = refuseUnwritable("output", changed.value);
  if (unwritable !== null) return refused(unwritable.message);
  frame.outputs[stage.index] = changed.value;
  record(session, change, live, { before, value: changed.value });
  return { ok: true, value: changed.value };
}

/** As if the stage had set it: it belongs to the frame, and rounds that run at the same time share none. */
function overrideVariable(session: Session, frame: RunFrame, name: string, change: Override): OverrideAnswer {
  const before = visibleVariables(frame).get(name);
  if (before === undefined)
    return refused(`there is no variable "${name}": a stage of the type variable_set makes one`);
  const changed = withValueAt(before, change.path, change.value);
  if (!changed.ok) return changed;
  const unwritable = refuseUnwritable("output", changed.value);
  if (unwritable !== null) return refused(unwritable.message);
  frame.variables ??= new Map();
  frame.variables.set(name, changed.value);
  record(session, change, { attempt: 0 }, { before, value: changed.value });
  return { ok: true, value: changed.value };
}

function record(
  { recorder }: Session,
  { address, target, path }: Override,
  { attempt }: { readonly attempt: number },
  { before, value }: { readonly before: Json; readonly value: Json },
): void {
  recorder.record({
    kind: "value-overridden",
    address,
    attempt,
    target,
    path,
    before: recorder.put(before),
    value: recorder.put(value),
  });
}

/** What fitted what its component declares has to fit it still; what a template or a schema made is the file's own. */
function whyNoOutput({ type, output }: ComponentDefinition, before: Json, after: Json): string | null {
  if (!output.safeParse(before).success) return null;
  const { error } = output.safeParse(after);
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return null;
  const at = issue.path.length === 0 ? "" : `"${issue.path.join(".")}" of `;
  return `it does not fit ${at}the output of ${type}: ${issue.message}`;
}

function fieldsOf({ input }: ComponentDefinition): string {
  return Object.keys(input.shape).join(", ");
}

function refused(reason: string): Extract<OverrideAnswer, { ok: false }> {
  return { ok: false, reason };
}
