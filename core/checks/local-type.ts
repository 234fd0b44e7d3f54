import {
  anyType,
  atPlaceOf,
  inferType,
  neverType,
  objectWith,
  plain,
  type TypeOfPath,
  textType,
  tupleOf,
  unionOf,
  type ValueType,
  wholeExpression,
} from "#core/expressions";
import type { JsonNode, Stage } from "#core/pipeline";
import { loopVariables, ownerFields } from "./local-names.ts";
import type { PipelineView } from "./pipeline-view.ts";
import { type StageFacts, stageFacts } from "./stage-facts.ts";

/** What a name stands for that a stage sees because of what it is in: the item and index of a foreach, else anything. */
export function localType(
  name: string,
  stage: Stage,
  view: PipelineView,
  typeOfPathOf: (owner: StageFacts) => TypeOfPath,
): ValueType {
  const ownership = view.ownersOf(stage).find((each) => ownerFields(each).includes(name));
  if (ownership?.arm !== "loop") return anyType;
  const { owner } = ownership;
  // A loop that is inside of itself is told of elsewhere.
  if (view.ownersOf(owner).some((around) => around.owner === owner)) return anyType;
  const facts = stageFacts(view.document, owner, view.project.definitions);
  const [item, index] = loopVariables(owner);
  if (facts.definition?.type !== "foreach" || item?.name === index?.name) return anyType;
  if (name === index?.name) return plain("number");
  if (name !== item?.name) return anyType;
  const rounds = known.get(view) ?? new Map<Stage, ValueType>();
  known.set(view, rounds);
  const type = rounds.get(owner) ?? roundType(facts, typeOfPathOf(facts));
  rounds.set(owner, type);
  return type;
}

/** The items of each loop, found out once: those of a loop in a loop may name the outer one's over and over. */
const known = new WeakMap<PipelineView, Map<Stage, ValueType>>();

/** What a foreach goes through: the items of its list, or the value that becomes a list of one. */
function roundType(facts: StageFacts, typeOfPath: TypeOfPath): ValueType {
  const [items, ...more] = facts.inputs.filter(({ field }) => field === "items");
  if (items === undefined || more.length > 0) return anyType;
  const type = writtenType(items.value, facts, typeOfPath);
  const scalars = type.kinds.filter((kind) => kind === "number" || kind === "boolean");
  // A text may hold a list as JSON.
  const isOpen = type.kinds.includes("text");
  const round = isOpen ? anyType : unionOf([atPlaceOf(type, null), plain(...scalars)]);
  return round.kinds.length === 0 ? anyType : round;
}

/** What an input as it is written gives. */
function writtenType(node: JsonNode, facts: StageFacts, typeOfPath: TypeOfPath): ValueType {
  switch (node.kind) {
    case "number":
    case "boolean":
    case "null":
      return plain(node.kind);
    case "error":
      return anyType;
    case "array":
      return tupleOf(node.items.map((each) => writtenType(each, facts, typeOfPath)));
    case "object": {
      const members = node.properties.map(
        ({ key, value }) => [key, writtenType(value, facts, typeOfPath)] as const,
      );
      return objectWith(Object.fromEntries(members), neverType);
    }
    case "string": {
      const written = facts.expressions.find(({ text, place }) => text === node.value && place === "input");
      if (written === undefined) return textType;
      const whole = written.parsed.kind === "template" ? wholeExpression(written.parsed) : null;
      if (whole === undefined || whole === null) return textType;
      return whole.expression === null ? anyType : inferType(whole.expression, typeOfPath);
    }
  }
}
