import {
  addUsage,
  noUsage,
  type RunState,
  type StageState,
  type StageStatus,
  type UsageTotals,
} from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";

/** A stage of the run's own pipeline, with all rounds, attempts and called pipelines of it together. */
export interface StageRow {
  readonly stage: string;
  /** Null where no attempt of it began. */
  readonly componentType: string | null;
  /** Of all rounds the one that matters most: a failure, then what is not at its end, then success. */
  readonly status: StageStatus;
  /** How often it was come to: once, unless it is in a loop or a try. */
  readonly rounds: number;
  readonly failedRounds: number;
  /** How many of the rounds are taken over from the record that the run goes on from. */
  readonly takenOver: number;
  /** Rounds whose output came from the cache. */
  readonly cachedRounds: number;
  /** Of all rounds together. */
  readonly attempts: number;
  /** Milliseconds of all rounds that have ended; null where none has begun and ended. */
  readonly durationMs: number | null;
  readonly usage: UsageTotals;
}

/** Where in a run that goes on from a record the record ends. */
export interface Since {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Keys of the addresses of which something was heard since. */
  readonly heardOf: ReadonlySet<string>;
}

/**
 * The stages of a run in the order in which they were first heard of; what a called pipeline used is its caller's. With
 * `since`, attempts, times and usage are without those of rounds that are taken over from a record.
 */
export function stageRows({ stages }: RunState, since: Since | null = null): readonly StageRow[] {
  const rows = new Map<string, StageRow>();
  for (const state of stages.values()) {
    const caller = callerOf(state.address);
    const stage = caller ?? state.address.stage;
    const row = rows.get(stage) ?? emptyRow(stage);
    const isTakenOver = since !== null && !since.heardOf.has(addressKey(state.address));
    const usage = isTakenOver ? row.usage : state.usage.reduce(addUsage, row.usage);
    const round = isTakenOver ? takenOver(state) : sinceThen(state, since);
    const counted = { ...row, usage, takenOver: row.takenOver + (isTakenOver && caller === null ? 1 : 0) };
    rows.set(stage, caller === null ? withRound(counted, round) : counted);
  }
  return [...rows.values()];
}

function takenOver(state: StageState): StageState {
  return { ...state, attempt: 0, startedAt: null };
}

/** A stage whose rounds go on from a record has not worked while nothing ran. */
function sinceThen(state: StageState, since: Since | null): StageState {
  if (since === null || state.startedAt === null) return state;
  return { ...state, startedAt: Math.max(state.startedAt, since.at) };
}

/** The stage of the run's own pipeline that called the one at an address; null for a stage of the pipeline itself. */
function callerOf({ frames }: StageAddress): string | null {
  return frames.find(({ kind }) => kind === "subpipeline")?.owner ?? null;
}

function emptyRow(stage: string): StageRow {
  const none = {
    rounds: 0,
    failedRounds: 0,
    takenOver: 0,
    cachedRounds: 0,
    attempts: 0,
    durationMs: null,
    usage: noUsage,
  };
  return { stage, componentType: null, status: "waiting", ...none };
}

function withRound(
  row: StageRow,
  { componentType, status, attempt, startedAt, finishedAt, cache }: StageState,
): StageRow {
  const took = startedAt === null || finishedAt === null ? null : finishedAt - startedAt;
  return {
    ...row,
    componentType: componentType ?? row.componentType,
    status: row.rounds === 0 || WEIGHT[status] > WEIGHT[row.status] ? status : row.status,
    rounds: row.rounds + 1,
    failedRounds: row.failedRounds + (status === "failed" ? 1 : 0),
    cachedRounds: row.cachedRounds + (cache === "hit" ? 1 : 0),
    attempts: row.attempts + attempt,
    durationMs: took === null ? row.durationMs : (row.durationMs ?? 0) + took,
  };
}

const WEIGHT: Readonly<Record<StageStatus, number>> = {
  skipped: 0,
  succeeded: 1,
  waiting: 2,
  cancelled: 3,
  running: 4,
  failed: 5,
};
