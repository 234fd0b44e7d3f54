import { type Project, stageBinding } from "#core/component-definitions";
import type { Binding, Scope, Value } from "#core/expressions";
import type { Json, ScopeSnapshot, StageOutcomeSnapshot } from "#core/ports";

/**
 * The names that a deferred expression of an attempt may use, innermost first: those the component adds, the
 * snapshot's roots and loop variables, `upstream` and `stages`, `secrets`, then bare stage ids.
 */
export function attemptScope(
  snapshot: ScopeSnapshot,
  definitions: Project["definitions"],
  secrets: ReadonlyMap<string, string>,
  added: Readonly<Record<string, Value>>,
): Scope {
  return {
    resolve(name) {
      if (Object.hasOwn(added, name)) return valueBinding(added[name]);
      if (name === "env") return environmentNamespace(snapshot.values["env"]);
      if (Object.hasOwn(snapshot.values, name)) return valueBinding(snapshot.values[name]);
      if (name === "upstream" || name === "stages") return stagesNamespace(snapshot, definitions);
      if (name === "secrets") return secretsNamespace(secrets);
      return resolveStage(snapshot, definitions, name);
    },
    *names() {
      yield* Object.keys(added);
      yield* Object.keys(snapshot.values);
      yield* ["upstream", "stages"];
      if (secrets.size > 0) yield "secrets";
      yield* Object.keys(snapshot.stages);
    },
  };
}

function valueBinding(value: Value | undefined): Binding {
  return { kind: "value", value: value ?? null };
}

/** One by one, as the engine gives them. */
function environmentNamespace(env: Json | undefined): Binding {
  const variables = new Map(Object.entries(env ?? {}));
  return {
    kind: "namespace",
    resolve: (name) => (variables.has(name) ? valueBinding(variables.get(name)) : undefined),
    names: () => variables.keys(),
  };
}

function stagesNamespace(snapshot: ScopeSnapshot, definitions: Project["definitions"]): Binding {
  return {
    kind: "namespace",
    resolve: (name) => resolveStage(snapshot, definitions, name),
    names: () => Object.keys(snapshot.stages),
  };
}

function secretsNamespace(secrets: ReadonlyMap<string, string>): Binding {
  return {
    kind: "namespace",
    resolve(name) {
      const value = secrets.get(name);
      return value === undefined ? undefined : { kind: "value", value };
    },
    names: () => secrets.keys(),
  };
}

function resolveStage(
  snapshot: ScopeSnapshot,
  definitions: Project["definitions"],
  name: string,
): Binding | undefined {
  const stage = Object.hasOwn(snapshot.stages, name) ? snapshot.stages[name] : undefined;
  return stage === undefined ? undefined : bindOutcome(name, stage, definitions);
}

function bindOutcome(id: string, stage: StageOutcomeSnapshot, definitions: Project["definitions"]): Binding {
  switch (stage.kind) {
    case "succeeded":
      return stageBinding({ id, output: stage.output }, definitions.get(stage.componentType));
    case "skipped":
      return { kind: "absent", reason: "skipped", what: stage.reason };
    case "failed":
      return { kind: "absent", reason: "failed", what: stage.message };
  }
}
