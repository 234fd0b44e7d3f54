import { PGraph } from "p-graph";
import type { Contender } from "../measure.ts";
import type { Shape } from "../shapes.ts";
import { stageWork } from "./stage-work.ts";

/** Microsoft's p-graph: no outputs kept, no journal. Its graph must be built for each run, so that counts too. */
export function pGraph(shape: Shape): Contender {
  const edges = shape.dependencies.flatMap((dependencies, stage) =>
    dependencies.map((dependency): [string, string] => [String(dependency), String(stage)]),
  );
  return {
    name: "p-graph",
    prepare: () => async () => {
      let ran = 0;
      const nodes = new Map(
        shape.dependencies.map((_, stage) => [
          String(stage),
          {
            run: async () => {
              await stageWork(stage);
              ran += 1;
            },
          },
        ]),
      );
      await new PGraph(nodes, edges).run();
      return ran;
    },
  };
}
