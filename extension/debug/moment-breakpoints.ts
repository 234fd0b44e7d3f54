import * as vscode from "vscode";
import { stageById } from "#core/pipeline";
import type { Edge } from "../edge.ts";
import { followStage, type StageRef, stageRef } from "../texts/follow-stage.ts";
import type { PipelineTextChange, PipelineTexts } from "../texts/pipeline-texts.ts";

/** When a breakpoint stops beside before its stage. */
export type StageMoment = "after" | "error";

/**
 * Breakpoints after a stage, on its errors and on edges. VS Code lets no extension add kinds of its own, so they are
 * function breakpoints, which name file and stages; this adds that they follow their stages when those get other ids.
 */
export interface MomentBreakpoints extends vscode.Disposable {
  /** Adds one to the stage, or removes it. */
  toggle(document: vscode.TextDocument, stage: string, moment: StageMoment): void;
}

/** Keeps function breakpoints at their stages until it is disposed of. */
export function createMomentBreakpoints(edge: Edge, texts: PipelineTexts): MomentBreakpoints {
  // By VS Code's id of the breakpoint: a stage whose id is being typed is known by its place.
  const refs = new Map<string, readonly StageRef[]>();

  const follow = (change: PipelineTextChange): void => {
    const { document, before, after } = change;
    for (const breakpoint of functionBreakpoints()) {
      const named = readName(breakpoint.functionName);
      if (named === null || named.path !== pathOf(document.uri)) continue;
      const known = refs.get(breakpoint.id) ?? named.stages.map((id) => refIn(before, id));
      const now = known.map((ref) => followStage(change, ref) ?? ref);
      refs.set(breakpoint.id, now);
      const stages = now.map(({ id }, index) => id ?? named.stages[index] ?? "");
      // Half-typed text has no reliable ids.
      if (after.broken || stages.every((id, index) => id === named.stages[index])) continue;
      const renamed = new vscode.FunctionBreakpoint(
        writeName({ ...named, stages }),
        breakpoint.enabled,
        breakpoint.condition,
        breakpoint.hitCondition,
        breakpoint.logMessage,
      );
      refs.delete(breakpoint.id);
      refs.set(renamed.id, now);
      vscode.debug.removeBreakpoints([breakpoint]);
      vscode.debug.addBreakpoints([renamed]);
    }
  };

  const subscriptions = vscode.Disposable.from(
    texts.onDidChange(
      (change) => void edge.run("naming breakpoints after their stages", () => follow(change)),
    ),
    vscode.debug.onDidChangeBreakpoints(({ removed }) => {
      for (const { id } of removed) refs.delete(id);
    }),
  );

  return {
    toggle: (document, stage, moment) => {
      // Read once, so that its changes are told of.
      texts.read(document);
      const name = writeName({ moment, path: pathOf(document.uri), stages: [stage] });
      const existing = functionBreakpoints().filter(({ functionName }) => functionName === name);
      if (existing.length > 0) vscode.debug.removeBreakpoints(existing);
      else vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint(name)]);
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** A name as the debug adapter reads it: `after:lib/a.pipeline.json#draft`, `edge:a.pipeline.json#draft->check`. */
interface MomentName {
  readonly moment: string;
  /** From the folder of the workspace. */
  readonly path: string;
  /** One, or the two of an edge. */
  readonly stages: readonly string[];
}

function readName(text: string): MomentName | null {
  const [, moment, path, target] = /^(before|after|error|edge):([^#]+)#(.+)$/s.exec(text) ?? [];
  if (moment === undefined || path === undefined || target === undefined) return null;
  return { moment, path, stages: moment === "edge" ? target.split("->").map((id) => id.trim()) : [target] };
}

function writeName({ moment, path, stages }: MomentName): string {
  return `${moment}:${path}#${stages.join("->")}`;
}

function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false);
}

function refIn(pipeline: PipelineTextChange["before"], id: string): StageRef {
  const stage = stageById(pipeline, id);
  return stage === undefined ? { id, start: null } : stageRef(pipeline, stage);
}

function functionBreakpoints(): readonly vscode.FunctionBreakpoint[] {
  return vscode.debug.breakpoints.filter(
    (breakpoint): breakpoint is vscode.FunctionBreakpoint => breakpoint instanceof vscode.FunctionBreakpoint,
  );
}
