import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordRun, retentionOf } from "../../host/index.ts";
import { medianOf, milliseconds, timed, verdict } from "./figures.ts";
import { noJournal, planChain, runChain } from "./recorded-chain.ts";

/** What the record of a run costs whose stages take 10 ms each: a chain, so that nothing hides behind another stage. */
export async function measureOverhead(): Promise<void> {
  const stages = 100;
  const plan = planChain(stages, "carry");
  const work = (): Promise<void> => sleep(10);
  const root = await mkdtemp(join(tmpdir(), "fm-bench-"));
  const recorded: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < 9; round++) {
      bare.push(await timed(() => runChain(plan, noJournal(), { bytes: 1024, work })));
      recorded.push(
        await timed(async () => {
          const record = await recordRun({
            workspaceRoot: root,
            program: "bench",
            keep: "in-workspace",
            copy: null,
            retention: retentionOf(undefined),
          });
          await runChain(plan, record.journal, { bytes: 1024, work });
          await record.close();
        }),
      );
    }
  } finally {
    await rm(root, { recursive: true });
  }
  const [without, withRecord] = [medianOf(bare), medianOf(recorded)];
  const overhead = (withRecord / without - 1) * 100;
  console.log(
    `\n${stages} stages of 10 ms one after the other: ${milliseconds(without)} without a record, ${milliseconds(withRecord)} with one (the lock, the file, the flush and the summary in it): ${overhead.toFixed(1)} % more, goal < 5 % ${verdict(overhead < 5)}`,
  );
}
