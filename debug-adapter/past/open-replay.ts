import { resolve } from "node:path";
import { foldRun, type RunState } from "#core/journal";
import type { LaunchArguments } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { NamedIn } from "../breakpoints/run-names.ts";
import { createRunFiles } from "../run-files.ts";
import { findRecord } from "./find-record.ts";
import { createHistory, type History } from "./history.ts";
import { keepValues } from "./keep-values.ts";
import type { Place } from "./moves.ts";
import { createPastStates, type PastStates } from "./past-states.ts";
import { planRecord } from "./plan-record.ts";
import { openRecordedSources, type RecordedSources, unnamedPath } from "./recorded-sources.ts";
import type { PastSetting } from "./shown-past.ts";

/** A finished run that is looked at in the debugger: nothing of it runs, and nothing is asked or written for it. */
export interface Replay extends NamedIn {
  /** By which it is found later too. */
  readonly name: string;
  readonly history: History;
  readonly setting: PastSetting;
  readonly states: PastStates;
  readonly sources: RecordedSources;
  readonly state: RunState;
  /** Where it is opened: a failed run at its failure, one that was cut off at its end, any other at its first stage. */
  readonly opening: Place;
}

/** Reads and plans the record that a launch names. Throws {@link adapterErrors.unusableRecord}. */
export async function openReplay(replay: string, args: LaunchArguments): Promise<Replay> {
  if (args.noDebug === true)
    throw adapterErrors.unusableRecord(
      "A recorded run has run: it can be looked at in the debugger, not run. fm resume and fm fork go on from one.",
    );
  const { recorded, name, root } = await findRecord(replay, resolve(args.cwd ?? "."));
  const { plan, definitions, begun, texts } = planRecord(recorded);
  const own = begun.pipeline.path === null ? unnamedPath(root) : resolve(root, begun.pipeline.path);
  const files = createRunFiles(plan, own, root);
  const states = createPastStates(files);
  for (const event of recorded.events) {
    files.record(event);
    states.record(event);
  }
  const value = keepValues((ref) => {
    const found = recorded.value(ref);
    if (found === undefined)
      throw adapterErrors.unusableRecord(`The record does not have the value ${ref.ref}.`);
    return found;
  });
  const history = createHistory(plan, recorded.events, value);
  const sources = await openRecordedSources(texts, root, own);
  const state = foldRun(recorded.events);
  return {
    plan,
    name,
    definitions,
    root,
    path: own,
    history,
    setting: {
      pipelineName: plan.pipeline.name,
      anyStage: plan.root.stages[0]?.id ?? "",
      fileAt: files.at,
      sourceOf: sources.of,
    },
    states,
    sources,
    state,
    opening: args.stopOnEntry === true ? beginningOf(history) : openingOf(state, history),
  };
}

function openingOf({ status, failure }: RunState, history: History): Place {
  switch (status) {
    case "failed": {
      const failed = history.gates.findLastIndex(
        ({ kind, event, address }) =>
          kind === "after" && event.kind === "stage-failed" && address.stage === failure?.stage,
      );
      return failed < 0 ? "edge" : failed;
    }
    case "running":
    case "not-started":
      return "edge";
    case "succeeded":
    case "cancelled":
      return beginningOf(history);
  }
}

function beginningOf({ gates }: History): Place {
  return gates.length === 0 ? "edge" : 0;
}
