import { isTemplate, parseExpression, parseTemplate, references } from "#core/expressions";
import type { JsonNode } from "../json-node.ts";
import type { Field, Stage } from "../model.ts";
import { ARM_KEYS } from "../stage/read-arms.ts";
import type { DeferredField, DeferredFields } from "./deferred-fields.ts";

/** A name in an expression that may be that of a stage. */
export interface NamedStage {
  readonly name: string;
  /** True after `upstream.` or `stages.`, where only a stage can be meant; a bare name may be a variable. */
  readonly qualified: boolean;
  /** True in `outputs`, which are evaluated when the stage and its body have ended. */
  readonly afterBody: boolean;
}

/** Roots that are never a stage (design, "Expressions"). */
const ROOTS: ReadonlySet<string> = new Set(["input", "env", "secrets", "context", "vars", "matrix", "error"]);

/** Fields of a stage besides config and input mapping whose text is evaluated. */
const EVALUATED: ReadonlySet<string> = new Set(["prompt", "prompts", "strategy", "env", "cache", "approval"]);

const known = new WeakMap<DeferredFields, WeakMap<Stage, readonly NamedStage[]>>();

/** The names in all expressions of a stage, each once. Worked out once for each stage. */
export function namedStages(stage: Stage, deferredFields: DeferredFields): readonly NamedStage[] {
  let ofStages = known.get(deferredFields);
  if (ofStages === undefined) {
    ofStages = new WeakMap();
    known.set(deferredFields, ofStages);
  }
  let named = ofStages.get(stage);
  if (named === undefined) {
    named = readNames(stage, deferredFields);
    ofStages.set(stage, named);
  }
  return named;
}

function readNames(stage: Stage, deferredFields: DeferredFields): readonly NamedStage[] {
  const names = new Map<string, NamedStage>();
  const deferred = stage.componentType === null ? {} : deferredFields(stage.componentType);
  const readText = (text: string, field: DeferredField, afterBody: boolean): void => {
    if (field.kind === "template" && !isTemplate(text)) return;
    const parsed = field.kind === "template" ? parseTemplate(text) : parseExpression(text);
    for (const { root, path } of references(parsed)) {
      const qualified = root === "upstream" || root === "stages";
      const name = qualified ? path[0] : root;
      if (typeof name !== "string" || (!qualified && (ROOTS.has(name) || field.names.includes(name))))
        continue;
      names.set(`${name} ${qualified} ${afterBody}`, { name, qualified, afterBody });
    }
  };
  const read = (node: JsonNode, field: DeferredField, afterBody: boolean): void => {
    for (const text of textsIn(node)) readText(text, field, afterBody);
  };
  const readAll = (fields: readonly Field[], afterBody: boolean, others: DeferredField): void => {
    for (const { key, value } of fields) {
      // Stages written inside have expressions of their own.
      if (ARM_KEYS.has(key) && value.kind === "object") continue;
      read(value, (Object.hasOwn(deferred, key) ? deferred[key] : undefined) ?? others, afterBody);
    }
  };
  readAll(stage.config, false, TEMPLATE);
  readAll(stage.inputMapping, false, TEMPLATE);
  readAll(stage.outputs, true, { kind: "template", names: ["output"] });
  for (const { key, value } of stage.fields) if (EVALUATED.has(key)) read(value, TEMPLATE, false);
  if (stage.when !== null) read(stage.when.condition, { kind: "expression", names: [] }, false);
  return [...names.values()];
}

const TEMPLATE: DeferredField = { kind: "template", names: [] };

function* textsIn(node: JsonNode): Iterable<string> {
  switch (node.kind) {
    case "string":
      yield node.value;
      return;
    case "array":
      for (const item of node.items) yield* textsIn(item);
      return;
    case "object":
      for (const { value } of node.properties) yield* textsIn(value);
      return;
    case "number":
    case "boolean":
    case "null":
    case "error":
      return;
  }
}
