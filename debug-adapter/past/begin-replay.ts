import type { SessionBreakpoints } from "../breakpoints/session-breakpoints.ts";
import type { Client } from "../connection.ts";
import type { Launched } from "../launched.ts";
import { beginTravel } from "./begin-travel.ts";
import { launchedRecord } from "./launched-record.ts";
import type { Replay } from "./open-replay.ts";
import { createPastHits } from "./past-hits.ts";
import { shownAtEnd } from "./shown-past.ts";

/** Shows a record, where it is to be opened. */
export function beginReplay(
  { history, setting, states, sources, state, opening }: Replay,
  breakpoints: SessionBreakpoints,
  client: Client,
  looksAway: () => void,
): Launched {
  for (const event of history.events) breakpoints.failures.record(event);
  const end = shownAtEnd(history, setting);
  const hits = createPastHits(history, setting, breakpoints);
  const cursor = beginTravel(
    {
      history,
      setting,
      states,
      hits,
      edge: { kind: "record", address: () => null, shown: () => end },
    },
    client,
  );
  const failure = state.failure === null ? "" : ` at ${state.failure.stage ?? "no stage"}`;
  const status = state.status === "running" ? "cut off" : state.status;
  client.event("output", {
    // VS Code gives what is for the console alone the colour of warnings, which this is none.
    category: "stdout",
    output: `The record of run ${state.runId} of ${setting.pipelineName}: ${status}${failure}, ${history.events.length} events. Nothing runs, and no model is asked.\n`,
  });
  const past = { cursor, history, setting, hits, edge: "record" as const, sourceText: sources.text };
  cursor.open(opening);
  return launchedRecord(past, looksAway, () => void setImmediate(() => client.event("terminated")));
}
