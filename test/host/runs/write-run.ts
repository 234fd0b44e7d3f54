import type { JournalEvent, JournalSink } from "#core/journal";

/** The events of a run of one stage, up to the one that is asked for. */
export function writeRun(
  sink: JournalSink,
  runId: string,
  last: "run-started" | "stage-started" | "stage-succeeded" | "run-finished" = "run-finished",
): void {
  const address = { frames: [], stage: "a" };
  const pipeline = { name: "p", path: "p.pipeline.json", hash: "h" };
  const output = (): { readonly ref: string } => sink.put({ text: "ünïcode", n: 1 });
  const bodies = [
    () =>
      ({
        kind: "run-started",
        format: 1,
        runId,
        pipeline,
        input: sink.put({ who: "x" }),
        provider: null,
      }) as const,
    () =>
      ({
        kind: "stage-started",
        address,
        attempt: 1,
        attemptKey: "k",
        componentType: "logger",
        inputs: sink.put({ who: "x" }),
      }) as const,
    () => ({ kind: "stage-succeeded", address, attempt: 1, output: output() }) as const,
    () => ({ kind: "run-finished", status: "succeeded", output: output(), failure: null }) as const,
  ];
  for (const [seq, body] of bodies.entries()) {
    const event: JournalEvent = { seq, at: 1000 + seq, ...body() };
    sink.append(event);
    if (event.kind === last) return;
  }
}
