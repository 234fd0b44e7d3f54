import type { CanvasRun, PastPoint, RunOrigin, StageRunState, WireValue } from "#protocol";

/** The run that is shown on the stages. */
export interface RunView {
  readonly session: string | null;
  readonly phase: CanvasRun["phase"];
  /** By stage id. A stage's entry is the same object until there is news of it. */
  readonly stages: ReadonlyMap<string, StageRunState>;
  readonly stoppedAt: string | null;
  /** Where it is shown as it was; null where as it is. */
  readonly past: PastPoint | null;
  /** What flows on the wires from a stage, by its id; empty unless it is stopped. */
  readonly values: ReadonlyMap<string, WireValue>;
  /** Where it comes from; null where it began by itself. */
  readonly origin: RunOrigin | null;
}

export const noRun: RunView = {
  session: null,
  phase: "idle",
  stages: new Map(),
  stoppedAt: null,
  past: null,
  values: new Map(),
  origin: null,
};

/** The run after `news`: what has changed of the same session, or the beginning of another. */
export function updateRun(run: RunView, news: CanvasRun): RunView {
  const { session, phase, stoppedAt, past = null, origin = null } = news;
  const stages = new Map(session === run.session ? run.stages : []);
  for (const state of news.stages) {
    const before = stages.get(state.stage);
    if (before?.status === state.status && before.note === state.note) continue;
    stages.set(state.stage, state);
  }
  return { session, phase, stages, stoppedAt, past, values: valuesAfter(run, news), origin };
}

/** Values are those of a stop: what goes on has none. The same map for the same values. */
function valuesAfter({ session, values }: RunView, news: CanvasRun): RunView["values"] {
  if (news.phase !== "stopped") return noRun.values;
  if (news.values === undefined) return news.session === session ? values : noRun.values;
  const next = new Map(news.values.map((value) => [value.stage, value]));
  const same = next.size === values.size && [...next].every(([id, value]) => isSame(values.get(id), value));
  return same ? values : next;
}

function isSame(before: WireValue | undefined, { text, brief, reads = [] }: WireValue): boolean {
  const { reads: known = [] } = before ?? {};
  return (
    before?.text === text &&
    before.brief === brief &&
    known.length === reads.length &&
    reads.every((read, index) => {
      const other = known[index];
      return other?.to === read.to && other.path === read.path && other.text === read.text;
    })
  );
}

/** The stage to look at: where the run is stopped, else, when it has ended, the first that failed. */
export function stageOfInterest({ phase, stages, stoppedAt }: RunView): string | null {
  if (stoppedAt !== null || phase !== "finished") return stoppedAt;
  return [...stages.values()].find(({ status }) => status === "failed")?.stage ?? null;
}

/** One line for the status of the whole run, for those who cannot see the stages; empty when there is none. */
export function runSummary({ phase, stages, stoppedAt, past }: RunView): string {
  const count = (status: StageRunState["status"]): number =>
    [...stages.values()].filter((stage) => stage.status === status).length;
  switch (phase) {
    case "idle":
      return "";
    case "running":
      return "The pipeline is running.";
    case "stopped":
      if (past !== null)
        return `In the past of the run, ${stoppedAt === null ? "at its end" : `at ${stoppedAt}`}.`;
      return stoppedAt === null ? "The run is stopped." : `The run is stopped before ${stoppedAt}.`;
    case "finished":
      return `The run has ended: ${count("succeeded") + count("cached") + count("recorded")} succeeded, ${count("failed")} failed, ${count("skipped")} skipped.`;
  }
}
