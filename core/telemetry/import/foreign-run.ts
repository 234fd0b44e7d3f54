import { contentHash, type JournalBody, type JournalEvent, type ValueRef } from "#core/journal";
import type { Json, StageAddress } from "#core/ports";
import { failureOfSpan, textOf } from "./failure-of-span.ts";
import { type Draft, isModelCall, modelEvents } from "./model-events.ts";
import type { Around } from "./own-span.ts";
import { pipelineOfTrace } from "./pipeline-of-trace.ts";
import type { ReadSpan } from "./read-otlp.ts";
import { forestOf, inOrder, startOf } from "./span-forest.ts";

/** What a record of another program's trace is made with. */
export interface ForeignParts {
  readonly runId: string;
  readonly nothing: ValueRef;
  put(value: Json): ValueRef;
  miss(what: string): void;
}

/**
 * A run of another program's trace: a stage for each span, with its time, its attributes and events as what it logged,
 * and the call of a model where it is one. What it is part of stands there too: stages lie beside each other.
 */
export function eventsOfForeignRun(spans: readonly ReadSpan[], parts: ForeignParts): readonly JournalEvent[] {
  const forest = forestOf(spans);
  const names = stageNames(spans);
  const startMs = startOf(spans);
  const [root] = forest.roots;
  const failed = forest.roots.find(({ error }) => error !== null);
  const drafts = inOrder(forest, forest.roots, (span, parent) => {
    const parentName = parent === null ? null : (names.get(parent) ?? null);
    return eventsOf(span, names.get(span) ?? span.spanId, parentName, parts);
  });
  const service = textOf(root?.resource["service.name"]);
  const name = (root?.name ?? "") === "" ? (service ?? "trace") : (root?.name ?? "");
  const text = pipelineOfTrace(name, names, componentOf);
  const bodies: readonly Draft[] = [
    {
      atMs: startMs,
      body: {
        ...{
          kind: "run-started",
          format: 1,
          runId: parts.runId,
          pipeline: { name, path: null, hash: contentHash(text) },
        },
        ...{ input: valueOf(root?.inputs, parts), sources: parts.put({ "": text }), provider: null },
      },
    },
    ...drafts,
    {
      atMs: drafts.at(-1)?.atMs ?? startMs,
      body: {
        kind: "run-finished",
        status: failed === undefined ? "succeeded" : "failed",
        output: root?.output === undefined ? null : parts.put(root.output),
        failure: failed === undefined ? null : { ...failureOfSpan(failed), stage: names.get(failed) ?? null },
      },
    },
  ];
  return bodies.map(({ atMs, body }, seq) => ({ ...body, seq, at: atMs }));
}

/** What a span did, in the place of a component. */
function componentOf({ attributes, kind }: ReadSpan): string {
  return textOf(attributes["gen_ai.operation.name"]) ?? kind;
}

function valueOf(value: Json | undefined, { nothing, put }: ForeignParts): ValueRef {
  return value === undefined ? nothing : put(value);
}

/** A name for each span, which can be the id of a stage; those that have one name are numbered as they began. */
function stageNames(spans: readonly ReadSpan[]): ReadonlyMap<ReadSpan, string> {
  const used = new Map<string, number>();
  const taken = new Set<string>();
  const names = new Map<ReadSpan, string>();
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const base = span.name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "_").slice(0, 80) || "span";
    let name = base;
    while (taken.has(name)) {
      const times = (used.get(base) ?? 1) + 1;
      used.set(base, times);
      name = `${base}_${times}`;
    }
    taken.add(name);
    names.set(span, name);
  }
  return names;
}

function eventsOf(span: ReadSpan, stage: string, parent: string | null, parts: ForeignParts): Around {
  const { runId, put, miss } = parts;
  const { attributes, startMs, endMs, events, error, links, kind } = span;
  const address: StageAddress = { frames: [], stage };
  const at = { address, attempt: 1 } as const;
  if (links > 0) miss("links between spans");
  const log = (atMs: number, message: string, values: Json): Draft => ({
    atMs,
    body: { kind: "stage-log", ...at, level: "info", message, values: put(values) },
  });
  const end: JournalBody =
    error === null
      ? { kind: "stage-succeeded", ...at, output: valueOf(span.output, parts) }
      : { kind: "stage-failed", ...at, failure: failureOfSpan(span), next: { kind: "propagate" } };
  return {
    before: [
      {
        atMs: startMs,
        body: {
          ...{ kind: "stage-started", ...at, attemptKey: `${runId}/${stage}/1` },
          ...{ componentType: componentOf(span), inputs: valueOf(span.inputs, parts) },
        },
      },
      log(startMs, "span", { id: span.spanId, name: span.name, parent, kind, attributes }),
      ...events.map((event) =>
        log(Math.min(Math.max(event.atMs, startMs), endMs), event.name, event.attributes),
      ),
      ...(isModelCall(span) ? modelEvents(span, address, 1) : []),
    ],
    after: [{ atMs: endMs, body: end }],
  };
}
