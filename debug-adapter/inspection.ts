import type { DebugProtocol } from "@vscode/debugprotocol";
import { evaluate, isTemplate, parseExpression, parseTemplate, type Scope } from "#core/expressions";
import { adapterErrors } from "./adapter-error.ts";
import { dataInfo, placeOfExpression, placeOfOrigin } from "./breakpoints/data-info.ts";
import { scopeAtGate } from "./breakpoints/gate-scope.ts";
import { completionsOf } from "./completions.ts";
import { createHandles } from "./handles.ts";
import { marked, pointAt, scopeOf, type ValueBody } from "./inspected.ts";
import type { Launched } from "./launched.ts";
import { scopesOf } from "./scopes.ts";
import { placeOfPath, placeOfRow } from "./set-value/place-to-set.ts";
import { setValue } from "./set-value/set-value.ts";
import { readTypedValue } from "./set-value/typed-value.ts";
import type { Shown } from "./shown.ts";
import { type Frame, framesAt, framesAtEnd } from "./stack.ts";
import { createStepTargets, type StepTarget } from "./step-targets.ts";
import {
  childOf,
  childrenOf,
  fullText,
  type NamedValue,
  type Origin,
  originOfChild,
  toVariable,
} from "./variables.ts";

/** What a client looks at while the run is stopped: frames, scopes, values, expressions. */
export interface Inspection {
  stackTrace(lane: number, args: DebugProtocol.StackTraceArguments): DebugProtocol.StackTraceResponse["body"];
  /** The branch whose stage a frame is of. Throws where it is that of a loop, a call or a pipeline. */
  laneOfStage(frameId: number): number;
  /** Where a step into the stage of a frame may lead; answers `stepInTargets`. */
  stepInTargets(frameId: number): DebugProtocol.StepInTargetsResponse["body"];
  /** The stage that such a target is, with its file's path. Throws where there is none of that number any more. */
  stepTarget(id: number): StepTarget;
  scopes(frameId: number): DebugProtocol.ScopesResponse["body"];
  variables(args: DebugProtocol.VariablesArguments): DebugProtocol.VariablesResponse["body"];
  evaluate(args: DebugProtocol.EvaluateArguments): DebugProtocol.EvaluateResponse["body"];
  dataBreakpointInfo(
    args: DebugProtocol.DataBreakpointInfoArguments,
  ): DebugProtocol.DataBreakpointInfoResponse["body"];
  /** What may be typed next; answers `completions`. */
  completions(args: DebugProtocol.CompletionsArguments): DebugProtocol.CompletionsResponse["body"];
  /** Sets a value by hand; answers `setVariable`. */
  setVariable(args: DebugProtocol.SetVariableArguments): DebugProtocol.SetVariableResponse["body"];
  /** The same by a path of names; answers `setExpression`. */
  setExpression(args: DebugProtocol.SetExpressionArguments): DebugProtocol.SetExpressionResponse["body"];
  /** The row of that name below a handle. Throws where the handle is of no value any more. */
  rowOf(variablesReference: number, name: string): NamedValue;
  /** What an expression gives in a frame. Throws where that cannot be told. */
  resultOf(expression: string, frameId: number): NamedValue;
  /** The frame of that number. Throws where it is none any more. */
  frameOf(frameId: number): Frame;
  /** The run goes on: frames and values of the last stop are no longer valid. */
  reset(): void;
}

/** `launched` gives what is looked at, or throws when nothing was launched. */
export function createInspection(launched: () => Launched): Inspection {
  const current = (): Shown => launched().shown();
  const frames = createHandles<Frame>();
  const values = createHandles<NamedValue>();
  const targets = createStepTargets();

  const valueBody = (row: NamedValue): ValueBody => {
    const { name: _name, evaluateName: _evaluateName, ...body } = toVariable(row, values.create);
    return body;
  };

  /** What expressions see where a row comes from. */
  const scopeOfOrigin = (origin: Origin | undefined): Scope => {
    const shown = current();
    if (origin === undefined) throw adapterErrors.staleReference();
    const { frames: steps } = origin;
    const at = pointAt(shown, origin);
    if (at !== null) return scopeAtGate(shown.scopeAt, at);
    return shown.scopeAt({ frames: steps, stage: "stage" in origin ? origin.stage : shown.anyStage });
  };

  const frameOf = (frameId: number): Frame => {
    const frame = frames.get(frameId);
    if (frame === undefined) throw adapterErrors.staleReference();
    return frame;
  };

  /** Without a frame an expression sees what is there outside all loops and calls. */
  const wholeRun = ({ pipelineName, anyStage }: Shown): Frame => {
    const [frame] = framesAtEnd(pipelineName, anyStage);
    if (frame === undefined) throw adapterErrors.staleReference();
    return frame;
  };

  const valueOf = (reference: number): NamedValue => {
    const value = values.get(reference);
    if (value === undefined) throw adapterErrors.staleReference();
    return value;
  };

  const isLive = (): boolean => {
    const { run, past } = launched();
    return run !== null && past?.cursor.isInPast() !== true;
  };

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
      canRestart: frame.kind === "stage" && frame.point.kind === "after" && isLive(),
    };
  };

  const evaluated = (expression: string, frameId: number | undefined): NamedValue => {
    const shown = current();
    if (!shown.isStopped() && (frameId === undefined || frames.get(frameId) === undefined))
      throw adapterErrors.notStopped();
    const frame = frameId === undefined ? wholeRun(shown) : frameOf(frameId);
    const text = expression.trim();
    const parsed = isTemplate(text) ? parseTemplate(text) : parseExpression(text);
    const result = evaluate(parsed, scopeOf(shown, frame), { now: new Date().toISOString() });
    if (!result.ok) throw adapterErrors.evaluation(result.error.message);
    return { name: text, value: result.value, evaluateName: isTemplate(text) ? null : text };
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
    stepInTargets: (frameId) => {
      const frame = frameOf(frameId);
      return { targets: isLive() ? targets.of(frame, current().fileAt(frame.frames)) : [] };
    },
    stepTarget: targets.at,
    laneOfStage: (frameId) => {
      const frame = frameOf(frameId);
      if (frame.kind !== "stage")
        throw adapterErrors.cannotRetry(`"${frame.name}" is no single stage: fork the run before it`);
      return frame.point.lane;
    },
    scopes: (frameId) => {
      const frame = frameOf(frameId);
      const shown = current();
      const scopes = scopesOf(frame, shown.scopeAt(frame.scope), shown);
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
      const parent = valueOf(args.variablesReference);
      const count = args.count === undefined || args.count === 0 ? null : args.count;
      const rows = childrenOf(parent, { filter: args.filter ?? null, start: args.start ?? 0, count });
      const { byHand } = current();
      return { variables: rows.map((row) => marked(row, toVariable(row, values.create), byHand)) };
    },
    evaluate: (args) => {
      const row = evaluated(args.expression, args.frameId);
      const { value: short, ...body } = valueBody(row);
      return { result: args.context === "clipboard" ? fullText(row.value) : short, ...body };
    },
    dataBreakpointInfo: ({ variablesReference, frameId, name }) => {
      const shown = current();
      if (variablesReference !== undefined) {
        const parent = valueOf(variablesReference);
        const key = Array.isArray(parent.value) ? Number(name) : name;
        return dataInfo(placeOfOrigin(originOfChild(parent, key), shown.fileAt), name);
      }
      const frame = frameId === undefined ? undefined : frames.get(frameId);
      if (frame === undefined) throw adapterErrors.staleReference();
      const { kind, stage } = frame;
      const at = {
        file: shown.fileAt(frame.frames),
        stage: kind === "stage" || kind === "step" ? stage : null,
      };
      return dataInfo(placeOfExpression(name.trim(), at), name);
    },
    completions: ({ text, column, line = 1, frameId }) => {
      const frame = frameId === undefined ? undefined : frames.get(frameId);
      if (frame === undefined) return { targets: [] };
      // The client counts from 1, as it was told that the adapter does.
      const typed = (text.split("\n")[line - 1] ?? text).slice(0, column - 1);
      return { targets: [...completionsOf(typed, 1, scopeOf(current(), frame))] };
    },
    setVariable: ({ variablesReference, name, value }) => {
      const parent = valueOf(variablesReference);
      const key = Array.isArray(parent.value) ? Number(name) : name;
      const origin = originOfChild(parent, key);
      const set = setValue(launched(), name, placeOfRow(origin), () =>
        // Of the rows it is not known in which frame they are shown; where they come from is one that sees no less.
        readTypedValue(value, () => scopeOfOrigin(origin)),
      );
      return valueBody({ name, value: set, evaluateName: null, ...(origin === undefined ? {} : { origin }) });
    },
    setExpression: ({ expression, value, frameId }) => {
      const frame = frameId === undefined ? undefined : frames.get(frameId);
      if (frame === undefined) throw adapterErrors.staleReference();
      const shown = current();
      const text = expression.trim();
      const place = placeOfPath(text, frame, shown.fileAt(frame.frames));
      const set = setValue(launched(), text, place, () => readTypedValue(value, () => scopeOf(shown, frame)));
      return valueBody({ name: text, value: set, evaluateName: text });
    },
    rowOf: (reference, name) => childOf(valueOf(reference), name),
    resultOf: evaluated,
    frameOf,
    reset: () => {
      frames.reset();
      values.reset();
      targets.reset();
    },
  };
}
