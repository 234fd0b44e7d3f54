import * as z from "zod";
import type { Json } from "#core/ports";
import { langsmithAttributes } from "./langsmith-attributes.ts";
import type { ReadSpan, ReadTraces } from "./read-otlp.ts";

/** Runs can be within runs in a file; nobody nests so deep, a forged file could. */
const DEEPEST = 200;

const time = z.union([
  z.number().min(0),
  z.string().transform((text, context) => {
    // LangSmith writes UTC, mostly without saying so.
    const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
    if (Number.isNaN(ms)) context.addIssue("a time is expected");
    return ms;
  }),
]);
const object = z.record(z.string(), z.json());
const runSchema = z.looseObject({
  id: z.string().min(1),
  trace_id: z.string().nullish(),
  parent_run_id: z.string().nullish(),
  dotted_order: z.string().nullish(),
  name: z.string().nullish(),
  run_type: z.string().nullish(),
  start_time: time,
  end_time: time.nullish(),
  inputs: z.json().optional(),
  outputs: z.json().optional(),
  error: z.string().nullish(),
  status: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  extra: z.looseObject({ metadata: object.nullish() }).nullish(),
  events: z.array(z.looseObject({ name: z.string().default(""), time: time.nullish() })).nullish(),
  child_runs: z.array(z.unknown()).nullish(),
  prompt_tokens: z.number().nullish(),
  completion_tokens: z.number().nullish(),
  total_cost: z.union([z.number(), z.string()]).nullish(),
});

/** A run as LangSmith writes one, a span of a trace. */
export type LangsmithRun = z.infer<typeof runSchema>;

/** Whether a text begins as a file of LangSmith's runs does: one of them, a list, or an answer of its API. */
export function looksLikeLangsmith(beginning: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(beginning) && /"(?:run_type|dotted_order)"\s*:/.test(beginning);
}

/**
 * Reads runs of LangSmith: one, a list of them, what its API answers (`{"runs": […]}`), or one a line; runs within runs
 * too. Source of the fields: LangSmith's "Run (span) data format". Never throws: what cannot be read is left out, and a
 * note says so.
 */
export function readLangsmith(text: string): ReadTraces {
  const notes: string[] = [];
  const unreadable: string[] = [];
  const spans = new Map<string, ReadSpan>();
  let unended = 0;
  const take = (value: unknown, parent: ReadSpan | null, depth: number): void => {
    const run = runSchema.safeParse(value);
    if (!run.success || depth > DEEPEST) {
      unreadable.push(run.success ? "it is within too many others" : firstIssue(run.error));
      return;
    }
    if (run.data.end_time === null || run.data.end_time === undefined) unended += 1;
    const span = spanOf(run.data, parent);
    spans.set(span.spanId, span);
    for (const child of run.data.child_runs ?? []) take(child, span, depth + 1);
  };
  for (const run of runsIn(text, notes)) take(run, null, 0);
  if (unreadable.length > 0)
    notes.push(`${unreadable.length} runs cannot be read and are left out; of the first, ${unreadable[0]}.`);
  if (unended > 0)
    notes.push(`${unended} runs had not ended when the file was written: they stand as failed.`);
  return { spans: [...spans.values()], notes };
}

function runsIn(text: string, notes: string[]): readonly unknown[] {
  const whole = jsonOf(text.replace(/^\uFEFF/, ""));
  if (whole !== undefined) return listIn(whole);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const documents = lines.map(jsonOf).filter((document) => document !== undefined);
  const broken = lines.length - documents.length;
  if (broken > 0) notes.push(`${broken} of its ${lines.length} lines are no JSON and are left out.`);
  return documents.flatMap(listIn);
}

function listIn(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document;
  const answer = z.looseObject({ runs: z.array(z.unknown()) }).safeParse(document);
  return answer.success ? answer.data.runs : [document];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function spanOf(run: LangsmithRun, parent: ReadSpan | null): ReadSpan {
  const startMs = Math.trunc(run.start_time);
  const endMs = Math.max(startMs, Math.trunc(run.end_time ?? startMs));
  const hasEnded = run.end_time !== null && run.end_time !== undefined;
  return {
    traceId: traceOf(run, parent),
    spanId: run.id,
    parentSpanId: run.parent_run_id ?? parent?.spanId ?? null,
    name: run.name ?? run.run_type ?? "",
    kind: run.run_type ?? "unspecified",
    startMs,
    endMs,
    attributes: langsmithAttributes(run),
    events: (run.events ?? []).map(({ name, time: at, ...more }) => ({
      name,
      atMs: Math.trunc(at ?? startMs),
      attributes: object.safeParse(more).data ?? {},
    })),
    links: 0,
    error: errorOf(run, hasEnded),
    resource: {},
    ...(isThere(run.inputs) ? { inputs: run.inputs } : {}),
    ...(isThere(run.outputs) ? { output: run.outputs } : {}),
  };
}

/** The trace of a run; where it does not say, that of the run it is in, or what begins its dotted order. */
function traceOf(run: LangsmithRun, parent: ReadSpan | null): string {
  const root = /^\d{8}T\d+Z([^.]+)/.exec(run.dotted_order ?? "")?.[1];
  return run.trace_id ?? parent?.traceId ?? root ?? run.id;
}

function errorOf(run: LangsmithRun, hasEnded: boolean): string | null {
  if (typeof run.error === "string" && run.error !== "") return run.error;
  if (run.status === "error") return "";
  return hasEnded ? null : "It had not ended when this was written.";
}

function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined ? "unknown" : `${issue.path.join(".") || "all of it"}: ${issue.message}`;
}
