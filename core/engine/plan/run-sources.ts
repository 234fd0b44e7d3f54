import { type EncodedJson, encodeJson } from "#core/journal";
import type { PipelineFile } from "#core/pipeline";
import { calledIn } from "./called-in.ts";
import type { Callees } from "./callees.ts";
import type { PipelinePlan } from "./run-plan.ts";

/**
 * The texts that a pipeline is planned from, by path: its own (whose key is empty where it has no path), and those of
 * the pipelines that it extends and calls by name. With them a run goes on, and can be looked at, where the files have
 * changed or are not there.
 */
export function runSources(plan: PipelinePlan, callees: Callees): EncodedJson {
  const texts = new Map<string, string>();
  const seen = new Set<PipelinePlan>();
  const add = (each: PipelinePlan, around: readonly PipelinePlan[]): void => {
    if (seen.has(each)) return;
    seen.add(each);
    for (const file of [each.resolved.file, ...each.resolved.parents]) texts.set(...keyed(file));
    for (const { reference } of calledIn(each)) {
      const found = callees.find(reference, around);
      if (found.ok) add(found.plan, [...around, found.plan]);
    }
  };
  add(plan, [plan]);
  return encodeJson(Object.fromEntries(texts));
}

function keyed({ path, document }: PipelineFile): readonly [string, string] {
  return [path ?? "", document.text];
}
