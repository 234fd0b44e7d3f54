import { inheritanceCode } from "#core/pipeline";
import type { RuleEntry } from "../rule-entry.ts";

/** FM1300 to FM1399: pipelines that extend or compose others. */
export const inheritanceRules = {
  "parent-not-found": {
    code: inheritanceCode.parentNotFound,
    severity: "error",
    title: "A parent that does not exist",
  },
  "abstract-stage": { code: "FM1302", severity: "error", title: "A stage that nothing fills" },
  "circular-inheritance": {
    code: inheritanceCode.circularInheritance,
    severity: "error",
    title: "Pipelines that extend each other",
  },
  "broken-parent": {
    code: inheritanceCode.brokenParent,
    severity: "error",
    title: "A parent that cannot be read",
  },
  "invalid-override-target": {
    code: inheritanceCode.invalidOverrideTarget,
    severity: "error",
    title: "An override of no stage",
  },
  "invalid-override-config": {
    code: inheritanceCode.invalidOverrideConfig,
    severity: "error",
    title: "An override that cannot be carried out",
  },
  "orphan-overrides": {
    code: inheritanceCode.orphanOverrides,
    severity: "warning",
    title: "Overrides without a parent",
  },
  "replaced-override": {
    code: inheritanceCode.replacedOverride,
    severity: "warning",
    title: "An override of a stage that is replaced",
  },
  "unnecessary-abstract": {
    code: "FM1309",
    severity: "warning",
    title: "An abstract pipeline that could run",
  },
  "abstract-stage-has-config": {
    code: "FM1310",
    severity: "warning",
    title: "A configuration of no component",
  },
  "missing-composition-pipeline": {
    code: inheritanceCode.missingCompositionPipeline,
    severity: "error",
    title: "A composition of nothing",
  },
  "invalid-composition-dependency": {
    code: inheritanceCode.invalidCompositionDependency,
    severity: "error",
    title: "A composition that waits for no stage",
  },
  "composed-pipeline-not-found": {
    code: inheritanceCode.composedPipelineNotFound,
    severity: "error",
    title: "A composed pipeline that does not exist",
  },
  "cannot-compose-abstract": {
    code: inheritanceCode.cannotComposeAbstract,
    severity: "error",
    title: "A composed pipeline that cannot run",
  },
  "invalid-composition": {
    code: inheritanceCode.invalidComposition,
    severity: "error",
    title: "A composition that cannot be read",
  },
  "no-project": {
    code: inheritanceCode.noProject,
    severity: "warning",
    title: "A parent that cannot be looked for",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
