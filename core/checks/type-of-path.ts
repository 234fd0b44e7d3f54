import type { ComponentDefinition } from "#core/component-definitions";
import {
  anyType,
  nullType,
  objectWith,
  plain,
  stepInto,
  type TypeOfPath,
  unionOf,
  type ValueType,
} from "#core/expressions";
import { expressionRoots, hasMatrix, type Stage } from "#core/pipeline";
import { localNames } from "./local-names.ts";
import { localType } from "./local-type.ts";
import { outputTypes } from "./output-types.ts";
import type { PipelineView } from "./pipeline-view.ts";
import { type StageFacts, stageFacts } from "./stage-facts.ts";
import type { Names } from "./structure.ts";

type Steps = readonly (string | number)[];

/** What the names that a stage sees stand for, besides those that only the place of an expression has. */
export function typeOfPathIn(
  facts: StageFacts,
  view: PipelineView,
  names: Names,
  ofPlace: readonly string[],
): TypeOfPath {
  const { stage } = facts;
  return (root, path) => {
    if (ofPlace.includes(root)) return anyType;
    if (localNames(view, stage).has(root)) {
      return path.reduce(
        stepInto,
        localType(root, stage, view, (owner) => typeOfPathIn(owner, view, names, [])),
      );
    }
    const [first, ...more] = path;
    if (root === "input") {
      const isDeclared = typeof first === "string" && Object.hasOwn(names.inputTypes, first);
      return more.reduce(stepInto, (isDeclared ? names.inputTypes[first] : undefined) ?? anyType);
    }
    if (root === "upstream" || root === "stages") {
      return typeof first === "string" ? ofStage(view, view.find(first, stage), more) : anyType;
    }
    return expressionRoots.has(root) ? anyType : ofStage(view, view.find(root, stage), path);
  };
}

function ofStage(view: PipelineView, stage: Stage | undefined, path: Steps): ValueType {
  // A stage that failed and lets the run go on has null as its output, one's own names may hold anything, and the
  // legs of a matrix are collected under other names.
  if (stage === undefined || stage.onError !== null || stage.outputs.length > 0 || hasMatrix(stage))
    return anyType;
  const { definition, outputNames } = stageFacts(view.document, stage, view.project.definitions);
  if (definition === undefined || outputNames === null) return anyType;
  const isWhole = path[0] === "output" && !Object.hasOwn(definition.output.shape, "output");
  const [field, ...more] = isWhole ? path.slice(1) : path;
  if (field === undefined) return plain("object");
  return typeof field === "string" ? more.reduce(stepInto, ofField(definition, field)) : anyType;
}

/** A field, or what another name for it leads to. */
function ofField(definition: ComponentDefinition, name: string): ValueType {
  const types = outputTypes(definition);
  const alias = Object.hasOwn(definition.outputAliases, name) ? definition.outputAliases[name] : undefined;
  const own = types.get(name);
  if (own !== undefined || alias === undefined) return own ?? anyType;
  const follow = ([field, ...more]: readonly string[]): ValueType =>
    field === undefined ? plain("object") : more.reduce(stepInto, types.get(field) ?? anyType);
  if (Array.isArray(alias)) return follow(alias);
  const members = Object.entries(alias).map(
    ([each, steps]) => [each, unionOf([follow(steps), nullType])] as const,
  );
  return objectWith(Object.fromEntries(members), anyType);
}
