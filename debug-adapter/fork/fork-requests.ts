import { estimateOf, whyWords } from "#core/engine";
import type { RecordedRun } from "#core/journal";
import { addressKey } from "#core/ports";
import { FORK_VERSION, type ForkArguments, type ForkPlan, forkPlanRequest } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client, RequestHandler } from "../connection.ts";
import type { Launched } from "../launched.ts";
import type { History } from "../past/history.ts";
import type { ForkableRun } from "./forkable-run.ts";
import { type PlannedFork, planFork } from "./plan-fork.ts";

/** Says what a fork of the run that is looked at would do. */
export function forkRequests(
  launched: () => Launched,
  forkable: () => ForkableRun | null,
  client: Client,
): readonly (readonly [string, RequestHandler])[] {
  const plan = async (given: unknown): Promise<ForkPlan> => {
    const asked = forkPlanRequest.arguments.safeParse(given);
    if (!asked.success) throw adapterErrors.invalidArguments(forkPlanRequest.name, asked.error.message);
    const { past } = launched();
    const run = forkable();
    if (past === null || run === null) throw adapterErrors.notForkable();
    const { at, againFrom, ...changed } = asked.data;
    const seq = at === "shown" ? past.cursor.seq() : at;
    const since = againFrom === "shown" ? past.cursor.seq() + 1 : againFrom;
    const fork: ForkArguments = {
      run: run.run,
      ...(seq === "end" ? {} : { at: seq }),
      ...changed,
      ...(since === undefined ? {} : { againFrom: since }),
    };
    const { cwd, root } = run;
    // What the session has at hand it need not read, and a run at work may be ahead of its file.
    const record = { recorded: recordedIn(past.history), root };
    return planAsAnswer(await planFork({ ...run.args, cwd }, fork, client, record), { fork, cwd });
  };
  return [[forkPlanRequest.name, plan]];
}

/** The record as it is now: a run at work adds to it. */
function recordedIn({ events, value }: History): RecordedRun {
  return {
    format: "known",
    events: [...events],
    problems: [],
    torn: false,
    value: (ref) => {
      try {
        return value(ref);
      } catch {
        // It says so where there is no such value.
        return undefined;
      }
    },
  };
}

function planAsAnswer({ continuation, recorded }: PlannedFork, launch: ForkPlan["launch"]): ForkPlan {
  const { again, ahead, effects, startFrom, unmapped } = continuation;
  const { before, unknown } = estimateOf(continuation, recorded);
  return {
    version: FORK_VERSION,
    kept: startFrom.events.flatMap((event) =>
      event.kind === "stage-succeeded" ? [addressKey(event.address)] : [],
    ),
    again: again.map(({ address, why }) => ({ stage: addressKey(address), why: whyWords(why) })),
    ahead,
    effects: effects.map(addressKey),
    unmapped,
    estimate: {
      calls: before.calls,
      tokens: before.inputTokens + before.outputTokens,
      costUsd: before.costUsd,
      unpricedCalls: before.unpricedCalls,
      uncountedCalls: before.uncountedCalls,
      unknown,
    },
    launch,
  };
}
