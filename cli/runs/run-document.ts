import type { InspectedRun } from "#host";

/** A run as the documents of --json have it. */
export function runDocument(run: InspectedRun): object {
  const { runId, status, summary, lastAt, journalBytes, cutOff, writer } = run;
  const {
    pipeline,
    fork,
    startedAt,
    finishedAt,
    failure,
    events,
    stages,
    inputTokens,
    outputTokens,
    costUsd,
  } = summary;
  return {
    id: runId,
    pipeline: pipeline?.name ?? null,
    path: pipeline?.path ?? null,
    fork: fork === null ? null : { run: fork.runId, at: fork.seq, changes: fork.changes },
    status,
    started_at: isoTime(startedAt),
    finished_at: isoTime(finishedAt),
    duration_ms: durationOf({ summary, lastAt }),
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost_usd: costUsd,
    stages,
    events,
    bytes: journalBytes,
    writer: writer === null ? null : { pid: writer.pid, program: writer.program },
    failure,
    cut_off: cutOff,
  };
}

/** From its start to its end, or to the last that is known of it; null where it never began. */
export function durationOf({ summary, lastAt }: Pick<InspectedRun, "summary" | "lastAt">): number | null {
  const { startedAt, finishedAt } = summary;
  const end = finishedAt ?? lastAt;
  return startedAt === null || end === null ? null : end - startedAt;
}

/** A time as ISO 8601 has it. */
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
