/** Something measured beside others: does the same work once for each call. */
export interface Contender {
  readonly name: string;
  /**
   * Prepares whatever a user prepares once (a graph, a plan) and returns the work of one run. The work resolves
   * to the number of stages that ran, so that a contender which does nothing is found out.
   */
  readonly prepare: () => () => Promise<number>;
}

/** Times of one contender in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
  readonly runs: number;
  /** Why there is no time; null when there is. */
  readonly missing: string | null;
}

/**
 * Runs the contenders in turn, round after round, so that a slow moment of the machine hits all of them. The first
 * `warmUps` rounds are not counted: until the compiler is done with a contender, its times say little. A contender
 * whose single run takes longer than `capMs` runs no further round.
 */
export async function interleave(
  contenders: readonly Contender[],
  options: {
    readonly warmUps: number;
    readonly rounds: number;
    readonly capMs: number;
    readonly stages: number;
  },
): Promise<readonly Timing[]> {
  const entries = contenders.map((contender) => ({
    contender,
    run: contender.prepare(),
    times: [] as number[],
  }));
  for (let round = 0; round < options.warmUps + options.rounds; round++) {
    for (const { contender, run, times } of entries) {
      if (times.some((time) => time > options.capMs)) continue;
      const begin = performance.now();
      const ran = await run();
      const time = performance.now() - begin;
      if (ran !== options.stages) throw new Error(`${contender.name} ran ${ran} of ${options.stages} stages`);
      // A run beyond the cap is not repeated to be counted.
      if (round >= options.warmUps || time > options.capMs) times.push(time);
    }
  }
  return entries.map(({ contender, times }) => summary(contender.name, times));
}

/** A row for a contender that is not run, with the reason. */
export function notRun(name: string, reason: string): Timing {
  return { name, median: Number.NaN, p25: Number.NaN, p75: Number.NaN, runs: 0, missing: reason };
}

function summary(name: string, times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    name,
    median: quantile(sorted, 0.5),
    p25: quantile(sorted, 0.25),
    p75: quantile(sorted, 0.75),
    runs: sorted.length,
    missing: null,
  };
}

function quantile(sorted: readonly number[], q: number): number {
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}
