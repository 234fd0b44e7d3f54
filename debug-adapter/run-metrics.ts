import {
  addUsage,
  countUsage,
  type JournalEvent,
  noUsage,
  type UsageTotals,
  usageAsJson,
} from "#core/journal";
import { addressKey, type JsonObject, type StageAddress } from "#core/ports";

/** What calls of models used, of each stage and of the whole run. */
export interface RunMetrics {
  record(event: JournalEvent): void;
  /** Of a stage, all its attempts together; null while it has called none. */
  of(address: StageAddress): JsonObject | null;
  /** Of the run so far; null while no stage has called one. */
  total(): JsonObject | null;
}

export function createRunMetrics(): RunMetrics {
  const stages = new Map<string, { totals: UsageTotals; model: string }>();
  let total = noUsage;
  return {
    record: (event) => {
      if (event.kind !== "model-answered") return;
      total = countUsage(total, event);
      const key = addressKey(event.address);
      const { provider, model } = event.usage;
      const totals = addUsage(stages.get(key)?.totals ?? noUsage, event.usage);
      stages.set(key, { totals, model: `${provider}/${model}` });
    },
    of: (address) => {
      const stage = stages.get(addressKey(address));
      return stage === undefined ? null : { model: stage.model, ...usageAsJson(stage.totals) };
    },
    total: () => (total.calls === 0 ? null : usageAsJson(total)),
  };
}
