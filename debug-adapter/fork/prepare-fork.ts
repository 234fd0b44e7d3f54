import { addressKey } from "#core/ports";
import type { ForkArguments, LaunchArguments } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client } from "../connection.ts";
import type { PreparedLaunch } from "../prepare-launch.ts";
import { planFork } from "./plan-fork.ts";

/** Plans a fork for its launch. Throws {@link adapterErrors.effectsAgain} where effects would come twice unasked. */
export async function prepareFork(
  args: LaunchArguments,
  fork: ForkArguments,
  client: Client,
): Promise<PreparedLaunch> {
  const { prepared, continuation, recorded } = await planFork(args, fork, client);
  const { effects, unmapped, startFrom } = continuation;
  if (effects.length > 0 && fork.repeatEffects !== true)
    throw adapterErrors.effectsAgain(effects.map(addressKey));
  const kept = startFrom.events.filter(({ kind }) => kind === "stage-succeeded").length;
  const [begun] = recorded.events;
  const from = begun?.kind === "run-started" ? begun.runId : fork.run;
  const lines = [
    `Forked from run ${from}${fork.at === undefined ? "" : `, after event ${fork.at}`}: ${kept} finished ${kept === 1 ? "stage is" : "stages are"} taken over.`,
    ...unmapped.map((stage) => `${stage} is not in the pipeline any longer.`),
  ];
  for (const line of lines) client.event("output", { category: "console", output: `${line}\n` });
  return prepared;
}
