import type { ComparedStageRuns, RunFigure } from "#protocol";

/** A number of a run in words; what no run tells of is a dash. */
export type FigureWords = (value: number) => string;

/** Milliseconds, as exact as it is worth saying. */
export const timeWords: FigureWords = (ms) => {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
};

export const tokenWords: FigureWords = (tokens) => String(tokens);

/** US dollars; a call of a small model costs less than a cent. */
export const costWords: FigureWords = (dollars) => `$${dollars.toFixed(dollars > 0 && dollars < 1 ? 4 : 2)}`;

/** `1.2 s → 0.8 s`. One number where both are the same, and null where neither run has one. */
export function figureWords({ before, after }: RunFigure, words: FigureWords): string | null {
  if (before === null && after === null) return null;
  const [was, is] = [before, after].map((value) => (value === null ? "–" : words(value)));
  return was === is ? (is ?? null) : `${was} → ${is}`;
}

/** By how much a number changed: `+0.4 s`; null where it did not, or is not known. */
export function deltaWords({ before, after }: RunFigure, words: FigureWords): string | null {
  if (before === null || after === null || before === after) return null;
  return `${after < before ? "−" : "+"}${words(Math.abs(after - before))}`;
}

/** What the rounds of a stage took more or less in the second run, shortly: `+1.2 s, −40 tokens`; empty where nothing is known. */
export function deltaNote(rounds: readonly ComparedStageRuns[]): string {
  const sum = (of: (round: ComparedStageRuns) => RunFigure): RunFigure =>
    rounds.map(of).reduce((total, each) => ({
      before: plus(total.before, each.before),
      after: plus(total.after, each.after),
    }));
  if (rounds.length === 0) return "";
  const tokens = deltaWords(
    sum((round) => round.tokens),
    tokenWords,
  );
  return [
    deltaWords(
      sum((round) => round.durationMs),
      timeWords,
    ),
    tokens === null ? null : `${tokens} tokens`,
    deltaWords(
      sum((round) => round.costUsd),
      costWords,
    ),
  ]
    .filter((words) => words !== null)
    .join(", ");
}

function plus(total: number | null, more: number | null): number | null {
  return total === null ? more : total + (more ?? 0);
}
