import type { DebugProtocol } from "@vscode/debugprotocol";
import type { StageAddress } from "#core/ports";
import { type RunStateBody, runStateEvent } from "#protocol";
import type { Client } from "../connection.ts";
import type { Shown } from "../shown.ts";
import { stoppedBody } from "../stopped-body.ts";
import type { History } from "./history.ts";
import type { PastHits } from "./past-hits.ts";
import type { PastStates } from "./past-states.ts";
import type { PastSetting } from "./shown-past.ts";
import { type Arrival, createTimeTravel, type TimeTravel } from "./time-travel.ts";

/** What is past the last gate of a history: the end of a record, or where a run stands now. */
export type TravelEdge = {
  address(): StageAddress | null;
  shown(): Shown;
} & ({ readonly kind: "record" } | { readonly kind: "live"; lane(): number });

/** What a session travels in. */
export interface TravelParts {
  readonly history: History;
  readonly setting: PastSetting;
  readonly states: PastStates;
  readonly hits: PastHits;
  readonly edge: TravelEdge;
}

/** Begins at the edge. After each move the client is told of it, and of what the run looked like there. */
export function beginTravel(parts: TravelParts, client: Client): TimeTravel {
  const { history, states, edge } = parts;
  /** The event as of which the client shows the run; null where it has been told of all. */
  let told = edge.kind === "record" ? -1 : null;

  const tell = (arrival: Arrival): void => {
    const last = history.events.at(-1)?.seq ?? -1;
    const isLive = arrival.gate === null && edge.kind === "live";
    const past: RunStateBody["past"] = isLive ? null : { event: arrival.seq, last };
    const lane = arrival.gate?.lane ?? (edge.kind === "live" ? edge.lane() : 0);
    client.event("stopped", {
      ...reasonOf(arrival, history),
      description: isLive ? "Live again" : whereOf(arrival, history, last),
      threadId: lane + 1,
      allThreadsStopped: true,
    } satisfies DebugProtocol.StoppedEvent["body"]);
    // After it, since a client asks at once for what is there.
    const stop = arrival.gate?.address ?? edge.address();
    // Where it is live again, more may have happened since.
    for (const body of states.between(told ?? arrival.before, isLive ? last : arrival.seq, stop))
      client.event(runStateEvent.name, { ...body, past } satisfies RunStateBody);
    told = isLive ? null : arrival.seq;
  };

  return createTimeTravel({
    ...parts,
    // A turn later, so that the response to the request goes out before it.
    arrived: (arrival) => void setImmediate(tell, arrival),
  });
}

function whereOf({ gate, why, seq }: Arrival, history: History, last: number): string {
  if (gate === null) return "At the end of the record";
  const [first] = history.gates;
  if (why === "beginning" || (gate === first && seq === first?.seq)) return "At the beginning of the record";
  return `In the past: event ${seq} of ${last}`;
}

function reasonOf({ gate, why, hit }: Arrival, history: History): DebugProtocol.StoppedEvent["body"] {
  switch (why) {
    case "beginning":
      return { reason: "entry" };
    case "breakpoint":
      return hit === null ? { reason: why } : stoppedBody(hit);
    case "step":
    case "edge":
      return { reason: "step" };
    case "jump":
      return { reason: "goto" };
    case "opening": {
      const failed = history.gates.find((each) => each === gate)?.event;
      return failed?.kind === "stage-failed"
        ? { reason: "exception", text: failed.failure.message }
        : { reason: "entry" };
    }
  }
}
