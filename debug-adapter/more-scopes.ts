import { chooseModel, type PipelinePlan, type StagePlan } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { Json, JsonObject, ModelRequest } from "#core/ports";

/** What a stage runs with besides its inputs, with all that it inherits and that the run replaces. */
export function configOf(
  plan: StagePlan,
  { defaults }: Pick<PipelinePlan, "defaults">,
  { provider, inputs }: { readonly provider: string | null; readonly inputs: JsonObject },
): JsonObject {
  const { definition, retry, timeoutMs, triggerRule, onError, cache, idempotent, secrets } = plan;
  const model = chooseModel({ provider, defaults }, plan, inputs);
  const settings: JsonObject = {
    component_type: definition.type,
    version: definition.version,
    ...(model === null
      ? {}
      : {
          provider: model.provider,
          model: model.model,
          temperature: model.temperature ?? null,
          max_tokens: model.maxTokens ?? null,
          top_p: model.topP ?? null,
        }),
    timeout_ms: timeoutMs,
    retry: retry === null ? null : (JSON.parse(JSON.stringify(retry)) as Json),
    on_error: onError,
    trigger_rule: triggerRule,
    cache: cache === null ? null : true,
    idempotent,
    secrets: secrets.length === 0 ? null : secrets.map(({ name }) => name),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

/** What a model was asked last, turn by turn; before that the prompts among the inputs, rendered. Null where none is asked. */
export function promptOf(asked: ModelRequest | null, plan: StagePlan, inputs: JsonObject): JsonObject | null {
  if (asked !== null) return promptTurns(asked);
  if (!plan.definition.requiresModel) return null;
  const prompts = Object.entries(inputs).filter(([name, value]) => name.includes("prompt") && value !== null);
  return prompts.length === 0 ? null : Object.fromEntries(prompts);
}

/** What a model is asked, turn by turn. */
export function promptTurns({ messages }: Pick<ModelRequest, "messages">): JsonObject {
  const turns = messages.map(({ role, content }, at): [string, Json] => {
    const isAgain = messages.slice(0, at).some((before) => before.role === role);
    return [isAgain ? `${role} (${at + 1})` : role, content];
  });
  return Object.fromEntries(turns);
}

const MASKED = "•••• (masked: evaluate env.NAME to see one)";
const KEPT_BACK = /key|token|secret|passw|credential|auth/i;

/**
 * The environment as expressions see it. Only what the pipeline declares shows its value, and not what is called like a
 * secret: the rest is nobody's business until someone asks for it by name.
 */
export function maskedEnv(names: Scope, declared: JsonObject): JsonObject {
  const env = names.resolve("env");
  if (env?.kind !== "namespace") return {};
  return Object.fromEntries(
    [...env.names()].toSorted().map((name) => {
      const isShown = Object.hasOwn(declared, name) && !KEPT_BACK.test(name);
      return [name, isShown ? (declared[name] ?? null) : MASKED.replace("NAME", name)];
    }),
  );
}
