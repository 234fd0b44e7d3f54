import type { JsonObject, ModelChoice } from "#core/ports";
import type { ModelDefaults, StagePlan } from "../plan/run-plan.ts";

/**
 * Which model answers a stage: what its inputs say, then its own settings, then the pipeline's defaults. The run's
 * provider replaces the provider of each and drops its model, which another provider would not know.
 */
export function chooseModel(
  { provider, defaults }: { readonly provider: string | null; readonly defaults: ModelDefaults },
  stage: StagePlan,
  inputs: JsonObject,
): ModelChoice | null {
  if (!stage.definition.requiresModel) return null;
  const { model, temperature, maxTokens } = stage.model;
  const topP = stage.model.topP ?? defaults.topP;
  const stopSequences =
    stage.model.stopSequences.length > 0 ? stage.model.stopSequences : defaults.stopSequences;
  const chosenTemperature = number(inputs, "temperature") ?? temperature ?? defaults.temperature;
  const chosenTokens = number(inputs, "max_tokens") ?? maxTokens ?? defaults.maxTokens;
  const ownProvider = text(inputs, "provider") ?? stage.model.provider;
  const ownModel = text(inputs, "model") ?? model;
  // The pipeline's default model belongs to its default provider.
  const defaultModel = ownProvider === null || ownProvider === defaults.provider ? defaults.model : null;
  return {
    provider: provider ?? ownProvider ?? defaults.provider,
    model: provider === null ? (ownModel ?? defaultModel) : null,
    ...(chosenTemperature === null ? {} : { temperature: chosenTemperature }),
    ...(chosenTokens === null ? {} : { maxTokens: chosenTokens }),
    ...(topP === null ? {} : { topP }),
    ...(stopSequences.length === 0 ? {} : { stopSequences }),
  };
}

/** The inputs without the provider and model that the run's provider replaces. */
export function withoutReplacedModel(
  provider: string | null,
  stage: StagePlan,
  inputs: JsonObject,
): JsonObject {
  if (provider === null || !stage.definition.requiresModel) return inputs;
  const { provider: _own, model: _model, ...rest } = inputs;
  return rest;
}

function text(inputs: JsonObject, field: string): string | null {
  const value = inputs[field];
  return typeof value === "string" ? value : null;
}

function number(inputs: JsonObject, field: string): number | null {
  const value = inputs[field];
  return typeof value === "number" ? value : null;
}
