import { type Continuation, estimateOf } from "#core/engine";
import { type RecordedRun, usageAsJson } from "#core/journal";
import { addressKey } from "#core/ports";
import { wordsOf } from "./tell-continuation.ts";

/** The one JSON document about how a run would go on. */
export function documentOf(continuation: Continuation, recorded: RecordedRun): string {
  const { again, ahead, effects, startFrom, unmapped } = continuation;
  const { before, unknown } = estimateOf(continuation, recorded);
  const document = {
    status: "planned",
    kept: startFrom.events.flatMap((event) =>
      event.kind === "stage-succeeded" ? [addressKey(event.address)] : [],
    ),
    again: again.map(({ address, why }) => ({ stage: addressKey(address), why: wordsOf(why) })),
    ahead,
    estimate: { before: usageAsJson(before), unknown },
    effects: effects.map(addressKey),
    unmapped,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
