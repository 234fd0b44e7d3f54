import { type TextNode, textsIn } from "../json/texts-in.ts";
import type { Field, Stage } from "../model.ts";
import { ARM_KEYS } from "../stage/read-arms.ts";
import type { DeferredField, DeferredFields } from "./deferred-fields.ts";

/** A text of a stage that is evaluated. */
export interface EvaluatedText {
  readonly node: TextNode;
  /** Whether it is a template or a bare expression, and the names that only it has in sight. */
  readonly field: DeferredField;
  /** True in `outputs`, which are evaluated when the stage and its body have ended. */
  readonly afterBody: boolean;
}

/** Every text of a stage that is evaluated; those of stages written inside it are theirs. */
export function* evaluatedTexts(stage: Stage, deferredFields: DeferredFields): Iterable<EvaluatedText> {
  const deferred = stage.componentType === null ? {} : deferredFields(stage.componentType);
  function* textsOf(
    fields: readonly Field[],
    { field: others, afterBody }: Omit<EvaluatedText, "node">,
  ): Iterable<EvaluatedText> {
    for (const { key, value } of fields) {
      // Stages written inside have expressions of their own.
      if (stage.arms.length > 0 && ARM_KEYS.has(key) && value.kind === "object") continue;
      const field = (Object.hasOwn(deferred, key) ? deferred[key] : undefined) ?? others;
      for (const node of textsIn(value)) yield { node, field, afterBody };
    }
  }
  yield* textsOf(stage.config, { field: TEMPLATE, afterBody: false });
  yield* textsOf(stage.inputMapping, { field: TEMPLATE, afterBody: false });
  yield* textsOf(stage.outputs, { field: { kind: "template", names: ["output"] }, afterBody: true });
  for (const { key, value } of stage.fields) {
    if (!EVALUATED.has(key)) continue;
    for (const node of textsIn(value)) yield { node, field: TEMPLATE, afterBody: false };
  }
  if (stage.when === null) return;
  for (const node of textsIn(stage.when.condition)) yield { node, field: EXPRESSION, afterBody: false };
}

const TEMPLATE: DeferredField = { kind: "template", names: [] };
const EXPRESSION: DeferredField = { kind: "expression", names: [] };

/** Fields of a stage besides config and input mapping whose text is evaluated. */
const EVALUATED: ReadonlySet<string> = new Set([
  "prompt",
  "prompts",
  "strategy",
  "env",
  "cache",
  "approval",
  "approve",
]);
