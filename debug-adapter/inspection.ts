import type { DebugProtocol } from "@vscode/debugprotocol";
import { evaluate, isTemplate, parseExpression, parseTemplate, type Scope } from "#core/expressions";
import { adapterErrors } from "./adapter-error.ts";
import { dataInfo, placeOfExpression, placeOfOrigin } from "./breakpoints/data-info.ts";
import { scopeAtGate } from "./breakpoints/gate-scope.ts";
import { createHandles } from "./handles.ts";
import { scopesOf } from "./scopes.ts";
import type { Shown } from "./shown.ts";
import { type Frame, framesAt, framesAtEnd } from "./stack.ts";
import {
  childrenOf,
  fullText,
  isExpandable,
  type NamedValue,
  originOfChild,
  rowText,
  toVariable,
  typeName,
} from "./variables.ts";

/** What a client looks at while the run is stopped: frames, scopes, values, expressions. */
export interface Inspection {
  stackTrace(lane: number, args: DebugProtocol.StackTraceArguments): DebugProtocol.StackTraceResponse["body"];
  scopes(frameId: number): DebugProtocol.ScopesResponse["body"];
  variables(args: DebugProtocol.VariablesArguments): DebugProtocol.VariablesResponse["body"];
  evaluate(args: DebugProtocol.EvaluateArguments): DebugProtocol.EvaluateResponse["body"];
  dataBreakpointInfo(
    args: DebugProtocol.DataBreakpointInfoArguments,
  ): DebugProtocol.DataBreakpointInfoResponse["body"];
  /** The run goes on: frames and values of the last stop are no longer valid. */
  reset(): void;
}

/** `current` gives what is looked at, or throws when nothing was launched. */
export function createInspection(current: () => Shown): Inspection {
  const frames = createHandles<Frame>();
  const values = createHandles<NamedValue>();

  const referTo = (row: NamedValue): number => (isExpandable(row.value) ? values.create(row) : 0);

  const toStackFrame = (frame: Frame): DebugProtocol.StackFrame => {
    const shown = current();
    const place = shown.fileAt(frame.frames).placeOf(frame.stage);
    return {
      id: frames.create(frame),
      name: frame.name,
      source: shown.sourceOf(place.path),
      line: place.line1,
      column: place.column1,
      endLine: place.endLine1,
      endColumn: place.endColumn1,
    };
  };

  return {
    stackTrace: (lane, args) => {
      const shown = current();
      const point = shown.pointOf(lane);
      if (point === undefined) {
        // A branch whose stage is in flight cannot be stopped in the middle: it has no stack to show.
        if (!shown.lanes().some((each) => each.lane === lane)) throw adapterErrors.unknownThread(lane + 1);
        return { stackFrames: [], totalFrames: 0 };
      }
      const { pipelineName } = shown;
      const all = point === null ? framesAtEnd(pipelineName, shown.anyStage) : framesAt(point, pipelineName);
      const start = args.startFrame ?? 0;
      const end = args.levels === undefined || args.levels === 0 ? all.length : start + args.levels;
      return { stackFrames: all.slice(start, end).map(toStackFrame), totalFrames: all.length };
    },
    scopes: (frameId) => {
      const frame = frames.get(frameId);
      if (frame === undefined) throw adapterErrors.staleReference();
      const shown = current();
      const scopes = scopesOf(frame, shown.scopeAt(frame.scope), shown.metrics);
      return {
        scopes: scopes.map((scope) => ({
          name: scope.name,
          variablesReference: values.create(scope.root),
          ...scope.counts,
          expensive: false,
        })),
      };
    },
    variables: (args) => {
      const parent = values.get(args.variablesReference);
      if (parent === undefined) throw adapterErrors.staleReference();
      const count = args.count === undefined || args.count === 0 ? null : args.count;
      const rows = childrenOf(parent, { filter: args.filter ?? null, start: args.start ?? 0, count });
      return { variables: rows.map((row) => toVariable(row, referTo(row))) };
    },
    evaluate: (args) => {
      const shown = current();
      const frame = args.frameId === undefined ? undefined : frames.get(args.frameId);
      if (frame === undefined)
        throw shown.isStopped() ? adapterErrors.staleReference() : adapterErrors.notStopped();
      const text = args.expression.trim();
      const parsed = isTemplate(text) ? parseTemplate(text) : parseExpression(text);
      const result = evaluate(parsed, scopeOf(shown, frame), { now: new Date().toISOString() });
      if (!result.ok) throw adapterErrors.evaluation(result.error.message);
      const row: NamedValue = {
        name: text,
        value: result.value,
        evaluateName: isTemplate(text) ? null : text,
      };
      const variable = toVariable(row, referTo(row));
      return {
        result: args.context === "clipboard" ? fullText(result.value) : rowText(result.value),
        type: typeName(result.value),
        variablesReference: variable.variablesReference,
        ...(variable.namedVariables === undefined ? {} : { namedVariables: variable.namedVariables }),
        ...(variable.indexedVariables === undefined ? {} : { indexedVariables: variable.indexedVariables }),
      };
    },
    dataBreakpointInfo: ({ variablesReference, frameId, name }) => {
      const shown = current();
      if (variablesReference !== undefined) {
        const parent = values.get(variablesReference);
        if (parent === undefined) throw adapterErrors.staleReference();
        const key = Array.isArray(parent.value) ? Number(name) : name;
        return dataInfo(placeOfOrigin(originOfChild(parent, key), shown.fileAt), name);
      }
      const frame = frameId === undefined ? undefined : frames.get(frameId);
      if (frame === undefined) throw adapterErrors.staleReference();
      const { kind, stage } = frame;
      const at = { file: shown.fileAt(frame.frames), stage: kind === "stage" ? stage : null };
      return dataInfo(placeOfExpression(name.trim(), at), name);
    },
    reset: () => {
      frames.reset();
      values.reset();
    },
  };
}

/** What an expression sees in a frame: in that of the stage also what has just happened there. */
function scopeOf(shown: Shown, frame: Frame): Scope {
  return frame.kind === "stage" ? scopeAtGate(shown.scopeAt, frame.point) : shown.scopeAt(frame.scope);
}
