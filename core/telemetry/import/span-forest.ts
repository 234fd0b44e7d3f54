import type { Draft } from "./model-events.ts";
import type { ReadSpan } from "./read-otlp.ts";

/** The spans of a trace by what they are part of. */
export interface SpanForest {
  /** Those that are in none of the others, in the order in which they began. */
  readonly roots: readonly ReadSpan[];
  childrenOf(span: ReadSpan): readonly ReadSpan[];
}

/** When the first of these began, in milliseconds since 1970; however many there are. */
export function startOf(spans: readonly ReadSpan[]): number {
  return spans.reduce((first, { startMs }) => Math.min(first, startMs), Number.POSITIVE_INFINITY);
}

/** Orders the spans of one trace. One that is within itself, in a forged file, is in none. */
export function forestOf(spans: readonly ReadSpan[]): SpanForest {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const sorted = spans.toSorted((a, b) => a.startMs - b.startMs);
  const isReached = new Set<ReadSpan>();
  const children = Map.groupBy(sorted, ({ parentSpanId }) =>
    parentSpanId === null ? undefined : byId.get(parentSpanId),
  );
  const reach = (from: readonly ReadSpan[]): void => {
    const waiting = [...from];
    for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
      if (isReached.has(span)) continue;
      isReached.add(span);
      for (const child of children.get(span) ?? []) waiting.push(child);
    }
  };
  const roots = [...(children.get(undefined) ?? [])];
  reach(roots);
  for (const span of sorted) {
    if (isReached.has(span)) continue;
    roots.push(span);
    reach([span]);
  }
  const isRoot = new Set(roots);
  return { roots, childrenOf: (span) => (children.get(span) ?? []).filter((child) => !isRoot.has(child)) };
}

/** What the spans of a tree tell, each around what is in it, in the order of time. */
export function inOrder(
  forest: SpanForest,
  from: readonly ReadSpan[],
  tell: (
    span: ReadSpan,
    parent: ReadSpan | null,
  ) => { readonly before: readonly Draft[]; readonly after: readonly Draft[] },
): readonly Draft[] {
  const drafts: Draft[] = [];
  type Step =
    | { readonly span: ReadSpan; readonly parent: ReadSpan | null }
    | { readonly after: readonly Draft[] };
  const steps: Step[] = from.map((span) => ({ span, parent: null })).toReversed();
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ("after" in step) {
      for (const draft of step.after) drafts.push(draft);
      continue;
    }
    const { span, parent } = step;
    const { before, after } = tell(span, parent);
    for (const draft of before) drafts.push(draft);
    steps.push({ after });
    for (const child of forest.childrenOf(span).toReversed()) steps.push({ span: child, parent: span });
  }
  // Stable: of what is at one time, the outer begins first and ends last.
  return drafts.toSorted((a, b) => a.atMs - b.atMs);
}
