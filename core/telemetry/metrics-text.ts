import { addUsage, noUsage, type RunState, type StageStatus, type UsageTotals } from "#core/journal";

/** As many models as have series of their own, those with the most calls; the rest has one together. */
const MOST_MODELS = 50;
/** Characters of a label's value. */
const MOST_CHARACTERS = 120;
const OTHER = "(other)";

/**
 * How a run went, in the text format of Prometheus, as node_exporter's textfile collector reads it. Labels are the
 * pipeline's name, statuses, and providers with their models; never a run or a stage, which would grow without end.
 * A run that has not ended counts as failed: it is asked for when nothing more comes. Each label goes through `text`.
 */
export function metricsText(run: RunState, text: (text: string) => string): string {
  const pipeline = { pipeline: text(run.pipeline?.name ?? "") };
  const isEnded = run.status === "succeeded" || run.status === "cancelled";
  const status = isEnded ? run.status : "failed";
  const stages = [...run.stages.values()];
  const counted = Map.groupBy(stages, (stage) => stage.status);
  const attempts = stages.reduce((sum, { attempt }) => sum + attempt, 0);
  const { startedAt, finishedAt } = run;
  const models = usageByModel(run, text).map(([labels, usage]) => ({
    labels: { ...pipeline, ...labels },
    usage,
  }));
  const ofModels = (value: (usage: UsageTotals) => number | null): readonly Sample[] =>
    models.flatMap(({ labels, usage }) => {
      const number = value(usage);
      return number === null ? [] : [[labels, number] as const];
    });
  return [
    family("flowmason_run_status", "Whether the last run ended so.", [
      ...RUN_STATUSES.map((each) => [{ ...pipeline, status: each }, each === status ? 1 : 0] as const),
    ]),
    family("flowmason_run_start_time_seconds", "When the last run began, in seconds since 1970.", [
      ...(startedAt === null ? [] : [[pipeline, startedAt / 1000] as const]),
    ]),
    family("flowmason_run_end_time_seconds", "When the last run ended, in seconds since 1970.", [
      ...(finishedAt === null ? [] : [[pipeline, finishedAt / 1000] as const]),
    ]),
    family("flowmason_run_duration_seconds", "How long the last run took.", [
      ...(startedAt === null || finishedAt === null
        ? []
        : [[pipeline, (finishedAt - startedAt) / 1000] as const]),
    ]),
    family(
      "flowmason_run_stages",
      "Stages of the last run, each round of a loop counted, by how they ended.",
      [
        ...STAGE_STATUSES.map(
          (each) => [{ ...pipeline, status: each }, counted.get(each)?.length ?? 0] as const,
        ),
      ],
    ),
    family("flowmason_run_attempts", "Attempts at stages in the last run.", [[pipeline, attempts]]),
    family(
      "flowmason_run_model_calls",
      "Answered calls of language models in the last run.",
      ofModels(({ calls }) => calls),
    ),
    family("flowmason_run_model_tokens", "Tokens of those calls, as far as the providers told them.", [
      ...models.flatMap(({ labels, usage }): readonly Sample[] =>
        usage.uncountedCalls === usage.calls
          ? []
          : [
              [{ ...labels, type: "input" }, usage.inputTokens],
              [{ ...labels, type: "output" }, usage.outputTokens],
            ],
      ),
    ]),
    family(
      "flowmason_run_model_uncounted_calls",
      "Those of the calls whose tokens were not told.",
      ofModels(({ uncountedCalls }) => uncountedCalls),
    ),
    family(
      "flowmason_run_model_cost_usd",
      "What the calls cost in US dollars, as far as their prices are known.",
      ofModels(({ calls, unpricedCalls, costUsd }) => (unpricedCalls === calls ? null : costUsd)),
    ),
    family(
      "flowmason_run_model_unpriced_calls",
      "Those of the calls whose cost is not known.",
      ofModels(({ unpricedCalls }) => unpricedCalls),
    ),
  ].join("");
}

const RUN_STATUSES = ["succeeded", "failed", "cancelled"] as const;
const STAGE_STATUSES: readonly StageStatus[] = [
  "waiting",
  "running",
  "succeeded",
  "failed",
  "skipped",
  "cancelled",
];

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** What each model used, most calls first. */
function usageByModel(
  { stages }: RunState,
  text: (text: string) => string,
): readonly (readonly [Labels, UsageTotals])[] {
  const totals = new Map<string, readonly [Labels, UsageTotals]>();
  for (const call of [...stages.values()].flatMap(({ usage }) => usage)) {
    const labels = { provider: text(call.provider), model: text(call.model) };
    const key = JSON.stringify(labels);
    totals.set(key, [labels, addUsage(totals.get(key)?.[1] ?? noUsage, call)]);
  }
  const sorted = [...totals.values()].toSorted(([, a], [, b]) => b.calls - a.calls);
  const rest = sorted.slice(MOST_MODELS).map(([, usage]) => usage);
  const shown = sorted.slice(0, MOST_MODELS);
  return rest.length === 0 ? shown : [...shown, [{ provider: OTHER, model: OTHER }, rest.reduce(together)]];
}

function together(a: UsageTotals, b: UsageTotals): UsageTotals {
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    uncountedCalls: a.uncountedCalls + b.uncountedCalls,
    costUsd: Number((a.costUsd + b.costUsd).toPrecision(12)),
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
  };
}

/** All series of one name: they have to stand together, and a name without any is left out. */
function family(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, value]) => `${name}{${labelsText(labels)}} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(cut(value))}"`)
    .join(",");
}

function cut(text: string): string {
  const whole = text.toWellFormed();
  return whole.length <= MOST_CHARACTERS ? whole : `${whole.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
