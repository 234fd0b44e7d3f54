import {
  causeWords,
  placeWords,
  type TraceStep,
  type ValuePlace,
  type ValueStep,
  type ValueTrace,
} from "#core/engine";
import { isTemplate, parseExpression, parseTemplate } from "#core/expressions";
import { addressKey } from "#core/ports";
import { TRACE_VERSION, type TracedStep, type TracedValue, traceValueRequest } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { RequestHandler } from "../connection.ts";
import { pointAt } from "../inspected.ts";
import type { Inspection } from "../inspection.ts";
import type { Launched, LaunchedPast } from "../launched.ts";
import type { Frame } from "../stack.ts";
import { type NamedValue, type Origin, rowText } from "../variables.ts";
import { readToken, tokenOf } from "./place-token.ts";

/** Answers who produced a value of the run that is looked at. */
export function traceRequests(
  launched: () => Launched,
  inspection: Pick<Inspection, "rowOf" | "frameOf">,
): readonly (readonly [string, RequestHandler])[] {
  const trace = (given: unknown): TracedValue => {
    const asked = traceValueRequest.arguments.safeParse(given);
    if (!asked.success) throw adapterErrors.invalidArguments(traceValueRequest.name, asked.error.message);
    const { past, shown } = launched();
    if (past === null || !shown().isStopped()) throw adapterErrors.notStopped();
    const args = asked.data;
    if ("token" in args) {
      const then = readToken(args.token);
      if (then === null)
        throw adapterErrors.invalidArguments(traceValueRequest.name, "token: it is none of ours");
      return answerOf(past, past.history.trace.traceValue(then));
    }
    if ("expression" in args)
      return answerOf(past, ofExpression(past, args.expression, inspection.frameOf(args.frameId)));
    const row = inspection.rowOf(args.variablesReference, args.name);
    const place = placeOfOrigin(launched(), row);
    if (place !== null)
      return answerOf(past, past.history.trace.traceValue({ place, seq: past.cursor.seq() }));
    if (row.evaluateName === null || args.frameId === undefined) throw adapterErrors.untraceable(args.name);
    return answerOf(past, ofExpression(past, row.evaluateName, inspection.frameOf(args.frameId)));
  };
  return [[traceValueRequest.name, trace]];
}

/** Where a row of the Variables view is in the run. */
function placeOfOrigin({ shown }: Launched, { origin }: NamedValue): ValuePlace | null {
  switch (origin?.kind) {
    case "output":
    case "inputs": {
      const { kind, frames, stage, steps: path } = origin;
      const address = { frames, stage };
      return kind === "output"
        ? { kind, address, path }
        : { kind, address, ...attemptAt(shown(), origin), path };
    }
    case "variable": {
      const { frames, stage, name, steps: path } = origin;
      return { kind: "variable", address: { frames, stage }, name, path };
    }
    case undefined:
    case "stages":
    case "context":
    case "around-output":
      return null;
  }
}

/** The attempt that a stage stands at: of its inputs those that are shown may be still to be recorded. */
function attemptAt(shown: ReturnType<Launched["shown"]>, origin: Origin): { readonly attempt?: number } {
  const point = pointAt(shown, origin);
  return point === null ? {} : { attempt: point.attempt };
}

function ofExpression(past: LaunchedPast, written: string, frame: Frame): ValueTrace {
  const text = written.trim();
  const parsed = isTemplate(text) ? parseTemplate(text) : parseExpression(text);
  const [problem] = parsed.problems;
  if (problem !== undefined) throw adapterErrors.evaluation(problem.message);
  return past.history.trace.traceExpression(parsed, {
    address: frame.scope,
    seq: past.cursor.seq(),
    own: (root, path) => ownPlace(frame, root, path),
  });
}

/** What only the frame of a stage has: what its attempt gets, and gave. */
function ownPlace(frame: Frame, root: string, path: readonly ValueStep[]): ValuePlace | null {
  if (frame.kind !== "stage" && frame.kind !== "step") return null;
  const { point } = frame;
  const { address, attempt } = point;
  if (root === "inputs" && point.kind !== "after") return { kind: "inputs", address, attempt, path };
  return root === "output" && point.kind === "after" ? { kind: "output", address, path } : null;
}

function answerOf(past: LaunchedPast, { steps, of }: ValueTrace): TracedValue {
  return {
    version: TRACE_VERSION,
    steps: steps.map((step) => stepOf(past, step)),
    of: of.map((then) => ({ place: placeWords(then.place), token: tokenOf(then) })),
  };
}

function stepOf({ history, setting }: LaunchedPast, step: TraceStep): TracedStep {
  const { place, cause, value, address, attempt, event } = step;
  const written = address === null ? null : setting.fileAt(address.frames).placeOf(address.stage);
  return {
    place: placeWords(place),
    cause: cause.kind,
    text: causeWords(cause),
    preview: value === undefined ? null : cut(rowText(value)),
    stage: address === null ? null : addressKey(address),
    written:
      address === null || written === null
        ? null
        : { id: address.stage, path: written.path, line: written.line1 },
    attempt,
    event,
    moment: event === null ? null : (history.moments.momentAt(event) ?? null),
  };
}

const LONGEST = 200;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
