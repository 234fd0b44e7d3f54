import { parentPort, workerData } from "node:worker_threads";
import { differs } from "./exact.ts";
import { largeDiffs } from "./large.ts";

/** What a thread is to do each time it is told to: one differ on one diff. */
export interface DifferTask {
  readonly differ: string;
  readonly stages: number;
  readonly diff: string;
  readonly reading: Reading;
}

/** Whether texts are read each time, or once and before anything is timed. */
export type Reading = "each-time" | "before";

const task: DifferTask = workerData;
const differ = differs.find(({ name }) => name === task.differ);
const diff = largeDiffs(task.stages).find(({ name }) => name === task.diff);
if (differ === undefined || diff === undefined) throw new Error(`No ${task.differ} for ${task.diff}.`);

const compare = task.reading === "before" ? differ.read(diff) : () => differ.read(diff)();
parentPort?.on("message", () => parentPort?.postMessage(compare()));
