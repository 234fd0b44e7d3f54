import type { Live } from "./live.ts";
import type { OwnerResults } from "./owner-output.ts";
import type { Session } from "./session.ts";

/** Keeps what an owner decided, for its frames to be begun and its output to be made of what they give. */
export function keepResults(
  session: Session,
  { frame, stage }: Live,
  decided: Pick<OwnerResults, "decision" | "base" | "items" | "call">,
): void {
  const results: OwnerResults = {
    ...decided,
    results: decided.items.map(() => null),
    errors: [],
    tried: null,
    caught: null,
    failure: null,
    recovered: false,
    startedAt: 0,
    called: null,
  };
  const owners = session.owners.get(frame) ?? new Map<number, OwnerResults>();
  session.owners.set(frame, owners.set(stage.index, results));
}
