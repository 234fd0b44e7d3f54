import type { Contender } from "../measure.ts";
import type { Shape } from "../shapes.ts";
import { promiseScheduler } from "./promise-scheduler.ts";
import { stageWork } from "./stage-work.ts";

/** The floor with a record: the bare scheduler, and for each stage two lines of JSON appended to a list. */
export function journalFloor(shape: Shape): Contender {
  return {
    name: "bare promises + two lines a stage",
    prepare: () => {
      let lines: string[] = [];
      const run = promiseScheduler(shape, async (stage) => {
        lines.push(JSON.stringify({ kind: "started", seq: lines.length, stage }));
        const output = await stageWork(stage);
        lines.push(JSON.stringify({ kind: "succeeded", seq: lines.length, stage, output }));
        return output;
      }).prepare();
      return () => {
        lines = [];
        return run();
      };
    },
  };
}
