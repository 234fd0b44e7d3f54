import type { Finding, PlacedFinding } from "./finding.ts";
import type { PipelineView } from "./pipeline-view.ts";
import type { NameRule, StageRule } from "./rule.ts";
import { expressionSyntax } from "./rules/expression-syntax.ts";
import { invalidConfigValue } from "./rules/invalid-config-value.ts";
import { loopBodyReference } from "./rules/loop-body-reference.ts";
import { secretOperation } from "./rules/secret-operation.ts";
import { undeclaredSecret } from "./rules/undeclared-secret.ts";
import { unknownInput } from "./rules/unknown-input.ts";
import { unknownName } from "./rules/unknown-name.ts";
import { unknownOutputField } from "./rules/unknown-output-field.ts";
import { unknownStage } from "./rules/unknown-stage.ts";
import { deliveryFacts } from "./stage-facts.ts";
import { namesOf } from "./structure.ts";

const alone: readonly StageRule[] = [expressionSyntax, secretOperation, invalidConfigValue];
const named: readonly NameRule[] = [
  unknownName,
  unknownStage,
  unknownOutputField,
  unknownInput,
  loopBodyReference,
  undeclaredSecret,
];

/** The destinations of `output_config` are held to what those of an output_router are, by the same rules. */
export function* outputDelivery(view: PipelineView): Iterable<PlacedFinding> {
  const facts = deliveryFacts(view.document, view.project.definitions);
  if (facts === null) return;
  const names = namesOf(view);
  const findings: Finding[] = [
    ...alone.flatMap((rule) => [...rule(facts)]),
    ...named.flatMap((rule) => [...rule(facts, view, names)]),
  ];
  for (const finding of findings) yield { ...finding, stage: null };
}
