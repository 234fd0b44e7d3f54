import { type JournalBody, type JournalEvent, type RunStatus, rangesOf } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import { failureOfSpan, textOf } from "./failure-of-span.ts";
import type { Draft } from "./model-events.ts";
import { eventsOfOwnSpan, type OwnParts } from "./own-span.ts";
import type { ReadSpan } from "./read-otlp.ts";
import { forestOf, inOrder } from "./span-forest.ts";

/**
 * The events of a run that FlowMason itself told: its stages, attempts, rounds, times and what its models used. A run that
 * was resumed has a span for each time that it went on.
 */
export function eventsOfOwnRun(spans: readonly ReadSpan[], parts: OwnParts): readonly JournalEvent[] {
  const sessions = spans
    .filter(({ attributes }) => attributes["flowmason.run.id"] !== undefined)
    .toSorted((a, b) => a.startMs - b.startMs);
  const forest = forestOf(spans);
  const events: JournalEvent[] = [];
  const add = ({ atMs, body }: Draft): void => {
    events.push({ ...body, seq: events.length, at: atMs });
  };
  for (const session of sessions) {
    const drafts = inOrder(forest, [session], (span, parent) => eventsOfOwnSpan(span, parent, parts));
    if (events.length === 0) add(beginning(session, parts));
    else add(goingOn(events, drafts, session));
    drafts.forEach(add);
    const end = endOf(session);
    if (end !== null) add(end);
  }
  return events;
}

function beginning({ attributes, name, startMs }: ReadSpan, { runId, nothing, miss }: OwnParts): Draft {
  if (attributes["flowmason.fork.run_id"] !== undefined)
    miss(
      `what it took over from the run ${textOf(attributes["flowmason.fork.run_id"]) ?? ""}, of which it is a fork`,
    );
  return {
    atMs: startMs,
    body: {
      kind: "run-started",
      format: 1,
      runId,
      pipeline: {
        name: textOf(attributes["gen_ai.agent.name"]) ?? name,
        path: textOf(attributes["flowmason.pipeline.path"]),
        hash: textOf(attributes["flowmason.pipeline.hash"]) ?? "",
      },
      input: nothing,
      provider: null,
    },
  };
}

/** What runs again in this session counts no longer as it was before, and neither does the end. */
function goingOn(before: readonly JournalEvent[], drafts: readonly Draft[], { startMs }: ReadSpan): Draft {
  const again = new Map<string, StageAddress>();
  for (const { body } of drafts)
    if (body.kind === "stage-started" || body.kind === "stage-skipped")
      again.set(addressKey(body.address), body.address);
  const known = new Set(before.flatMap((event) => ("address" in event ? [addressKey(event.address)] : [])));
  const isDropped = (event: JournalEvent): boolean =>
    "address" in event
      ? again.has(addressKey(event.address))
      : event.kind === "run-finished" || event.kind === "run-ending";
  const body: JournalBody = {
    kind: "run-resumed",
    fork: null,
    again: [...again].filter(([key]) => known.has(key)).map(([, address]) => address),
    reopened: [],
    variables: [],
    dropped: rangesOf(before.filter(isDropped).map(({ seq }) => seq)),
  };
  return { atMs: startMs, body };
}

/** Null for a session that was cut off. */
function endOf(span: ReadSpan): Draft | null {
  const status = STATUSES.find((each) => each === span.attributes["flowmason.run.status"]);
  if (status === undefined) return null;
  const failure = span.error === null ? null : { ...failureOfSpan(span), stage: null };
  return { atMs: span.endMs, body: { kind: "run-finished", status, output: null, failure } };
}

const STATUSES: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];
