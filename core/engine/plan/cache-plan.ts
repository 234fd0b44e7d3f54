import { type ComponentDefinition, cacheRefusal, inputFieldOf } from "#core/component-definitions";
import { type CacheScope, readCache, type Stage } from "#core/pipeline";
import type { AttemptCache } from "#core/ports";

/** How a stage's output is kept for later runs. */
export interface CachePlan extends Omit<AttemptCache, "group"> {
  readonly scope: CacheScope;
}

/** Compiles `cache` of a stage; null where it has none, or one that cannot be. */
export function compileCache(
  stage: Stage,
  definition: ComponentDefinition,
): { readonly plan: CachePlan | null; readonly faults: readonly string[] } {
  const { cache, faults } = readCache(stage.fields);
  if (cache === null) return { plan: null, faults: faults.map(({ message }) => message) };
  const refusal = cacheRefusal(definition);
  const inputs =
    cache.inputs?.map(({ value }) => ({ value, field: inputFieldOf(definition, value) })) ?? null;
  const unknown = inputs?.find(({ field }) => field === undefined);
  const all = [
    ...faults.map(({ message }) => message),
    ...(refusal === null ? [] : [refusal]),
    ...(unknown === undefined ? [] : [`A ${definition.type} has no input "${unknown.value}" for its cache.`]),
  ];
  const { files, outputs, env, scope, retentionMs } = cache;
  const named = inputs?.flatMap(({ field }) => (field === undefined ? [] : [field])) ?? null;
  return { plan: { inputs: named, files, outputs, env, scope, retentionMs }, faults: all };
}
