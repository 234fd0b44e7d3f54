import { outputDelivery } from "./output-delivery.ts";
import type { NameRule, OrderRule, PipelineRule, StageRule } from "./rule.ts";
import { abstractStage } from "./rules/abstract-stage.ts";
import { abstractStageHasConfig } from "./rules/abstract-stage-has-config.ts";
import { callCycle } from "./rules/call-cycle.ts";
import { componentVersion } from "./rules/component-version.ts";
import { dependencyCycle } from "./rules/dependency-cycle.ts";
import { exclusiveReferences } from "./rules/exclusive-references.ts";
import { expressionSyntax } from "./rules/expression-syntax.ts";
import { fieldWithoutEffect } from "./rules/field-without-effect.ts";
import { implicitDependency } from "./rules/implicit-dependency.ts";
import { ineffectiveRetry } from "./rules/ineffective-retry.ts";
import { invalidApproval } from "./rules/invalid-approval.ts";
import { invalidCache } from "./rules/invalid-cache.ts";
import { invalidConfigValue } from "./rules/invalid-config-value.ts";
import { invalidMatrix } from "./rules/invalid-matrix.ts";
import { invalidPipelineSecrets, invalidStageSecrets } from "./rules/invalid-secrets.ts";
import { invalidSetting } from "./rules/invalid-setting.ts";
import { literalPipelineSecret, literalStageSecret } from "./rules/literal-secret.ts";
import { loopBodyReference } from "./rules/loop-body-reference.ts";
import { missingInput } from "./rules/missing-input.ts";
import { olderSpelling } from "./rules/older-spelling.ts";
import { promptPlaceholder } from "./rules/prompt-placeholder.ts";
import { retriedCommand } from "./rules/retried-command.ts";
import { secretOperation } from "./rules/secret-operation.ts";
import { selfDependency } from "./rules/self-dependency.ts";
import { selfReference } from "./rules/self-reference.ts";
import { shadowedName } from "./rules/shadowed-name.ts";
import { skippableReference } from "./rules/skippable-reference.ts";
import { stageInTwoBodies } from "./rules/stage-in-two-bodies.ts";
import { typeMismatch } from "./rules/type-mismatch.ts";
import { uncallablePipeline } from "./rules/uncallable-pipeline.ts";
import { undeclaredSecret } from "./rules/undeclared-secret.ts";
import { unfittingCallInput } from "./rules/unfitting-call-input.ts";
import { unknownBranchStage } from "./rules/unknown-branch-stage.ts";
import { unknownCalledPipeline } from "./rules/unknown-called-pipeline.ts";
import { unknownComponent } from "./rules/unknown-component.ts";
import { unknownConfigKey } from "./rules/unknown-config-key.ts";
import { unknownDependency } from "./rules/unknown-dependency.ts";
import { unknownInput } from "./rules/unknown-input.ts";
import { unknownName } from "./rules/unknown-name.ts";
import { unknownOutputField } from "./rules/unknown-output-field.ts";
import { unknownOutputStage } from "./rules/unknown-output-stage.ts";
import { unknownPipelineField } from "./rules/unknown-pipeline-field.ts";
import { unknownPipelineSettingKey, unknownStageSettingKey } from "./rules/unknown-setting-key.ts";
import { unknownStage } from "./rules/unknown-stage.ts";
import { unknownStageField } from "./rules/unknown-stage-field.ts";
import { unnecessaryAbstract } from "./rules/unnecessary-abstract.ts";
import { unquotedShellValue } from "./rules/unquoted-shell-value.ts";
import { unreachableStage } from "./rules/unreachable-stage.ts";
import { unsupportedStageField } from "./rules/unsupported-field.ts";
import { unusedOutput } from "./rules/unused-output.ts";

/** The rules about one stage by itself. */
export const stageRules: readonly StageRule[] = [
  unknownComponent,
  componentVersion,
  abstractStage,
  abstractStageHasConfig,
  unsupportedStageField,
  unknownStageField,
  unknownConfigKey,
  invalidConfigValue,
  missingInput,
  expressionSyntax,
  secretOperation,
  invalidStageSecrets,
  invalidApproval,
  invalidCache,
  invalidMatrix,
  ineffectiveRetry,
  retriedCommand,
  unquotedShellValue,
  unreachableStage,
  unknownStageSettingKey,
  fieldWithoutEffect,
  literalStageSecret,
];

/** The rules about what a stage names. */
export const nameRules: readonly NameRule[] = [
  unknownDependency,
  selfDependency,
  unknownBranchStage,
  stageInTwoBodies,
  unknownName,
  unknownStage,
  unknownOutputField,
  unknownInput,
  loopBodyReference,
  selfReference,
  shadowedName,
  undeclaredSecret,
  typeMismatch,
  skippableReference,
  exclusiveReferences,
  promptPlaceholder,
];

/** The rules about where a stage stands among the others. */
export const orderRules: readonly OrderRule[] = [implicitDependency, unusedOutput];

/** The rules about the pipeline as a whole. */
export const pipelineRules: readonly PipelineRule[] = [
  invalidPipelineSecrets,
  outputDelivery,
  unnecessaryAbstract,
  invalidSetting,
  olderSpelling,
  unknownOutputStage,
  dependencyCycle,
  unknownPipelineField,
  unknownPipelineSettingKey,
  literalPipelineSecret,
];

/** The rules about the pipelines that a pipeline calls. */
export const callRules: readonly PipelineRule[] = [
  unknownCalledPipeline,
  callCycle,
  uncallablePipeline,
  unfittingCallInput,
];
