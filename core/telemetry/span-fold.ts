import { type JournalEvent, stepOf } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import type { Span } from "./span.ts";
import { createSpanTree, type OpenStage, type SpanOptions, type SpanTree } from "./span-tree.ts";

/** A fold from a run's events to its spans. */
export interface SpanFold {
  /** Takes the next event; gives the spans that end with it. */
  take(event: JournalEvent): readonly Span[];
  /** Where there are no more events and the run has not ended: the spans that are open, cut off after the last one. */
  cutOff(): readonly Span[];
}

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

/**
 * Makes spans of events: one for the run, one for each attempt, for each round, arm and called pipeline around others,
 * and for each call of a model. Their ids follow from the run's id, the address and the attempt. A run that goes on has
 * a second span for itself, and so has each of its stages that goes on.
 */
export function createSpanFold(options: SpanOptions): SpanFold {
  let about: { readonly runId: string; readonly pipelineName: string } | null = null;
  let tree: SpanTree | null = null;
  let lastMs = 0;
  /** The last attempt at each stage: an owner that goes on from a record is not started anew. */
  const known = new Map<string, { readonly attempt: number; readonly componentType: string | null }>();

  /** The attempt that is open; one that goes on from a record is opened by what is heard of it first. */
  const stageAt = (open: SpanTree, address: StageAddress, atMs: number): OpenStage => {
    const { attempt, componentType } = known.get(addressKey(address)) ?? { attempt: 1, componentType: null };
    return open.stage(address) ?? open.openStage({ address, attempt, componentType, atMs });
  };

  const goOn = ({ fork, reopened, seq, at }: EventOf<"run-resumed">): readonly Span[] => {
    if (about === null) return [];
    // Nobody said how what is open ended: its process was killed. A fork takes it over, and it is another run's.
    if (fork === null) tree?.end(lastMs, INTERRUPTED, null);
    const before = tree?.takeEnded() ?? [];
    const attributes =
      fork === null ? { "flowmason.run.resumed": true } : { "flowmason.fork.run_id": fork.runId };
    tree = createSpanTree({ ...about, seq, atMs: at, attributes }, options);
    for (const { address } of reopened) stageAt(tree, address, at);
    return before;
  };

  const take = (event: JournalEvent): readonly Span[] => {
    if (event.kind === "run-resumed") return goOn(event);
    if (event.kind === "run-started") {
      const { runId, pipeline, at } = event;
      const { name: pipelineName, path, hash } = pipeline;
      about = { runId, pipelineName };
      const attributes = {
        ...(path === null ? {} : { "flowmason.pipeline.path": path }),
        "flowmason.pipeline.hash": hash,
      };
      tree = createSpanTree({ ...about, seq: 0, atMs: at, attributes }, options);
      return [];
    }
    // What follows the end, or comes before the beginning, is of no run.
    if (tree === null) return [];
    if (event.kind === "stage-started") {
      const { attempt, componentType } = event;
      known.set(addressKey(event.address), { attempt, componentType });
    }
    const open = tree;
    takeInto(open, event, (address) => stageAt(open, address, event.at), options);
    const ended = open.takeEnded();
    if (event.kind === "run-finished") tree = null;
    return ended;
  };

  return {
    take(event) {
      const ended = take(event);
      lastMs = event.at;
      return ended;
    },
    cutOff() {
      tree?.end(lastMs, INTERRUPTED, null);
      const rest = tree?.takeEnded() ?? [];
      tree = null;
      return rest;
    },
  };
}

const INTERRUPTED = "There is no record of how it ended: its process was stopped, or is still at work.";

function takeInto(
  tree: SpanTree,
  event: Exclude<JournalEvent, { kind: "run-started" | "run-resumed" }>,
  stageAt: (address: StageAddress) => OpenStage,
  { capture }: SpanOptions,
): void {
  switch (event.kind) {
    case "run-finished":
      tree.root.attributes["flowmason.run.status"] = event.status;
      return tree.end(event.at, null, event.failure);
    case "run-ending": {
      const attributes = { "flowmason.reason": event.failure?.type ?? "CANCELLED" };
      tree.root.events.push({ name: "flowmason.run.ending", atMs: event.at, attributes });
      return;
    }
    case "stage-started":
      tree.openStage({ ...event, atMs: event.at });
      return;
    case "stage-succeeded": {
      const { span } = stageAt(event.address);
      if (event.decision?.kind === "branch") span.attributes["flowmason.branch"] = event.decision.taken;
      return tree.endStage(event.address, { atMs: event.at, status: "succeeded", failure: null });
    }
    case "stage-failed": {
      const { address, attempt, at: atMs, failure, next } = event;
      // One that failed before it began takes no time.
      const { span } = tree.stage(address) ?? tree.openStage({ address, attempt, componentType: null, atMs });
      span.attributes["flowmason.stage.next"] = next.kind;
      if (next.kind === "retry") span.attributes["flowmason.stage.retry_delay_ms"] = next.delayMs;
      return tree.endStage(address, { atMs, status: "failed", failure });
    }
    case "stage-cancelled":
      return tree.stage(event.address) === undefined
        ? tree.note(event.address, "flowmason.stage.cancelled", event.at, {})
        : tree.endStage(event.address, { atMs: event.at, status: "cancelled", failure: null });
    case "stage-skipped":
      return tree.note(event.address, "flowmason.stage.skipped", event.at, {
        "flowmason.skip.cause": event.cause,
        "flowmason.skip.reason": event.reason,
      });
    case "stage-ending":
      return tree.note(event.address, "exception", event.at, {
        "exception.type": event.failure.type,
        "exception.message": event.failure.message,
      });
    case "model-called": {
      const { span, calls } = stageAt(event.address);
      return calls.called(event, span, tree.idOf("model", event.seq));
    }
    case "model-answered":
      return stageAt(event.address).calls.answered(event);
    case "stage-delta":
      return tree.stage(event.address)?.calls.delta(event);
    case "stage-cache": {
      const { outcome } = event;
      if (outcome.kind === "hit" || outcome.kind === "miss" || outcome.kind === "pinned")
        stageAt(event.address).span.attributes["flowmason.cache"] = outcome.kind;
      return;
    }
    case "stage-log":
      if (capture === "none") return;
      return tree.note(event.address, "flowmason.log", event.at, {
        "flowmason.log.level": event.level,
        "flowmason.log.message": event.message,
      });
    case "question-asked": {
      const attributes = { "flowmason.question.kind": event.question.kind };
      return tree.note(event.address, "flowmason.question.asked", event.at, attributes);
    }
    case "question-closed": {
      const attributes = { "flowmason.question.end": event.end.kind };
      return tree.note(event.address, "flowmason.question.closed", event.at, attributes);
    }
    case "iteration-started":
    case "arm-started":
    case "call-started":
      stageAt(event.address);
      tree.frameAt([...event.address.frames, stepOf(event)], event.at);
      return;
    case "iteration-finished":
    case "arm-finished":
    case "call-finished": {
      const { ended } = event;
      const failure = ended.kind === "failed" ? ended.failure : null;
      return tree.endFrame([...event.address.frames, stepOf(event)], event.at, ended.kind, failure);
    }
    case "value-overridden":
      return tree.note(event.address, "flowmason.value.overridden", event.at, {
        "flowmason.override.target":
          event.target.kind === "variable" ? `vars.${event.target.name}` : event.target.kind,
      });
    case "stage-retried":
      return tree.note(event.address, "flowmason.stage.retried", event.at, {});
    // What they hold are values, which are not told.
    case "stage-decided":
    case "variable-set":
      return;
  }
}
