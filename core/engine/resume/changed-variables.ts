import type { JournalBody, JournalEvent, ValueRef } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";

type Variables = Extract<JournalBody, { kind: "run-resumed" }>["variables"];

/** The variables that are not as they were where only `kept` of `events` counts. */
export function changedVariables(events: readonly JournalEvent[], kept: readonly JournalEvent[]): Variables {
  const before = variablesAfter(events);
  const after = variablesAfter(kept);
  return Array.from(before, ([key, { frames, name, value }]) => {
    const now = after.get(key)?.value ?? null;
    return now?.ref === value.ref ? [] : [{ frames, name, value: now }];
  }).flat();
}

interface Variable {
  readonly frames: StageAddress["frames"];
  readonly name: string;
  readonly value: ValueRef;
}

/** The variable that an event sets, be it the stage's doing or a person's; null for any other event. */
export function variableSetBy(event: JournalEvent): Variable | null {
  if (event.kind === "variable-set")
    return { frames: event.address.frames, name: event.name, value: event.value };
  if (event.kind !== "value-overridden" || event.target.kind !== "variable") return null;
  return { frames: event.address.frames, name: event.target.name, value: event.value };
}

function variablesAfter(events: readonly JournalEvent[]): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const event of events) {
    const set = variableSetBy(event);
    if (set === null) continue;
    const { frames, name, value } = set;
    variables.set(JSON.stringify([addressKey({ frames, stage: "" }), name]), { frames, name, value });
  }
  return variables;
}
