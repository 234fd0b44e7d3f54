import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunFile, recordRun, retentionOf } from "../../host/index.ts";
import { timed } from "./figures.ts";
import { planChain, runChain } from "./recorded-chain.ts";

/** Reads a journal of some 300 MB: how long, and how much memory stays. */
export async function measureReading(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fm-bench-"));
  try {
    const record = await recordRun({
      workspaceRoot: root,
      program: "bench",
      keep: "in-workspace",
      copy: null,
      retention: retentionOf(undefined),
    });
    await runChain(planChain(3000, "order-only"), record.journal, { bytes: 102_400, work: async () => {} });
    await record.close();
    const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
    const { size } = await stat(path);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let events = 0;
    let kept = 0;
    const time = await timed(async () => {
      const { recorded } = await readRunFile(path);
      events = recorded.events.length;
      globalThis.gc?.();
      kept = process.memoryUsage().heapUsed - before;
    });
    const mb = size / 1024 ** 2;
    console.log(
      `\nA journal of ${mb.toFixed(0)} MB is read in ${(time / 1000).toFixed(2)} s (${(mb / (time / 1000)).toFixed(0)} MB/s); its ${events} events keep ${(kept / 1024 ** 2).toFixed(1)} MB`,
    );
  } finally {
    await rm(root, { recursive: true });
  }
}
