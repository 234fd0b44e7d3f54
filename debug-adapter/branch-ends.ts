import type { Gate } from "#core/engine";
import type { Client } from "./connection.ts";
import type { Lane } from "./lanes.ts";
import type { Stops } from "./stops.ts";
import { threadOf } from "./thread-requests.ts";

/**
 * The gate of `stops`, at which a client is told of branches that end while others are stopped: it shows them, and would
 * wait for them. While nothing is stopped it asks for none, but for one that was itself.
 */
export function tellBranchEnds(stops: Stops, lanes: () => readonly Lane[], client: Client): Gate {
  /** A turn later, when what comes next on the branch has begun. */
  const look = (lane: number): void => {
    if (lanes().some((each) => each.lane === lane)) return;
    client.event("thread", { reason: "exited", threadId: threadOf(lane) });
  };
  return (point) => {
    // Cancelled where it stands, it comes to its second gate from there.
    const wasStopped = point.kind === "after" && stops.waitingAt(point.lane) !== undefined;
    const held = stops.gate(point);
    if (point.kind !== "after") return held;
    const lookWhereStopped = (): void => {
      if (wasStopped || stops.isStopped()) look(point.lane);
    };
    if (held !== undefined) return held.then(() => void setImmediate(lookWhereStopped));
    if (wasStopped || stops.isStopped()) setImmediate(lookWhereStopped);
    return undefined;
  };
}
