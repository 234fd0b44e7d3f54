import * as vscode from "vscode";
import { type PipelineDocument, type Stage, stageById } from "#core/pipeline";
import { isPipeline } from "../active-pipeline.ts";
import type { Edge } from "../edge.ts";
import type { PipelineTextChange, PipelineTexts } from "../texts/pipeline-texts.ts";
import { openingPosition, stageOfBreakpoint } from "../texts/stage-lines.ts";

/**
 * Breakpoints by (file, stage). VS Code's list of source breakpoints is the only store, so gutter, canvas and F9 cannot
 * disagree; what this adds is which stage each one belongs to, so that it follows its stage and not its line (DB-02).
 */
export interface StageBreakpoints extends vscode.Disposable {
  /** Those of the document that belong to a stage. */
  of(document: vscode.TextDocument): readonly StageBreakpoint[];
  /** Adds one before the stage, or removes those it has. */
  toggle(document: vscode.TextDocument, stage: string): void;
  /** Fires with the file whose breakpoints may have changed. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

export interface StageBreakpoint {
  readonly stage: string;
  readonly breakpoint: vscode.SourceBreakpoint;
}

export function createStageBreakpoints(edge: Edge, texts: PipelineTexts): StageBreakpoints {
  // By VS Code's id of the breakpoint.
  const stageOf = new Map<string, string>();
  // Breakpoints of stages that are not in the text just now: cut, or deleted and perhaps brought back by undo.
  const parked = new Map<string, readonly StageBreakpoint[]>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const pendingFollows = new Set<vscode.TextDocument>();

  function of(document: vscode.TextDocument): readonly StageBreakpoint[] {
    const breakpoints = sourceBreakpoints(document.uri);
    if (breakpoints.length === 0) return [];
    const pipeline = texts.read(document);
    return breakpoints.flatMap((breakpoint) => {
      const stage = bind(document, pipeline, breakpoint);
      return stage === undefined ? [] : [{ stage, breakpoint }];
    });
  }

  /** The stage it belongs to; the first time, the one on its line. */
  function bind(
    document: vscode.TextDocument,
    pipeline: PipelineDocument,
    breakpoint: vscode.SourceBreakpoint,
  ): string | undefined {
    const known = stageOf.get(breakpoint.id);
    if (known !== undefined) return known;
    const stage = stageOfBreakpoint(document, pipeline, breakpoint.location.range.start)?.id;
    if (stage !== undefined) stageOf.set(breakpoint.id, stage);
    return stage;
  }

  /** Brings each breakpoint back to its stage. `before` is the text they were last right in. */
  function follow(document: vscode.TextDocument, before: PipelineDocument): void {
    const pipeline = texts.read(document);
    // Half-typed text has no reliable stages; the next change that mends it comes here again.
    if (pipeline.broken) return;
    const moves: Move[] = [];
    const parking: StageBreakpoint[] = [];
    for (const breakpoint of sourceBreakpoints(document.uri)) {
      const id = bind(document, pipeline, breakpoint);
      if (id === undefined) continue;
      const onLine = stageOfBreakpoint(document, pipeline, breakpoint.location.range.start);
      if (onLine?.id === id) continue;
      const stage = stageById(pipeline, id);
      if (stage !== undefined) moves.push({ breakpoint, stage });
      else if (onLine !== undefined && stageById(before, onLine.id) === undefined)
        stageOf.set(breakpoint.id, onLine.id);
      else parking.push({ stage: id, breakpoint });
    }
    const key = document.uri.toString();
    const waiting = [...(parked.get(key) ?? []), ...parking];
    const back = waiting.flatMap(({ stage: id, breakpoint }) => {
      const stage = stageById(pipeline, id);
      return stage === undefined ? [] : [{ breakpoint, stage }];
    });
    const still = waiting.filter(({ stage }) => stageById(pipeline, stage) === undefined);
    if (still.length === 0) parked.delete(key);
    else parked.set(key, still);
    replace(document, pipeline, [...moves, ...back], parking);
  }

  function replace(
    document: vscode.TextDocument,
    pipeline: PipelineDocument,
    moves: readonly Move[],
    removed: readonly StageBreakpoint[],
  ): void {
    const gone = [...moves, ...removed].map(({ breakpoint }) => breakpoint);
    const added = moves.map(({ breakpoint, stage }) => {
      const moved = copyTo(
        breakpoint,
        new vscode.Location(document.uri, openingPosition(document, pipeline, stage)),
      );
      stageOf.set(moved.id, stage.id);
      return moved;
    });
    if (gone.length > 0) vscode.debug.removeBreakpoints(gone);
    if (added.length > 0) vscode.debug.addBreakpoints(added);
  }

  /**
   * A visible text editor moves breakpoints with its lines by itself, and tells us after it told us of the text. One
   * trip to the window and back lets that news arrive first, so that only what it got wrong is moved again.
   */
  function followLater({ document, before }: PipelineTextChange): void {
    if (!isPipeline(document) || pendingFollows.has(document)) return;
    if (sourceBreakpoints(document.uri).length === 0 && !parked.has(document.uri.toString())) return;
    pendingFollows.add(document);
    void edge.run("moving breakpoints with their stages", async () => {
      await vscode.commands.executeCommand("setContext", ROUND_TRIP_CONTEXT, true);
      pendingFollows.delete(document);
      follow(document, before);
      changed.fire(document.uri);
    });
  }

  function onBreakpoints({ added, removed, changed: altered }: vscode.BreakpointsChangeEvent): void {
    for (const { id } of removed) stageOf.delete(id);
    const uris = new Map<string, vscode.Uri>();
    for (const breakpoint of [...added, ...removed, ...altered]) {
      if (breakpoint instanceof vscode.SourceBreakpoint) {
        uris.set(breakpoint.location.uri.toString(), breakpoint.location.uri);
      }
    }
    for (const uri of uris.values()) {
      const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
      // Bound at once, while the lines still mean what they meant to the user.
      if (document !== undefined && isPipeline(document)) of(document);
      changed.fire(uri);
    }
  }

  function onOpen(document: vscode.TextDocument): void {
    if (!isPipeline(document)) return;
    if (of(document).length > 0 || parked.has(document.uri.toString()))
      follow(document, texts.read(document));
  }

  const subscriptions = vscode.Disposable.from(
    changed,
    texts.onDidChange(followLater),
    vscode.debug.onDidChangeBreakpoints(onBreakpoints),
    vscode.workspace.onDidOpenTextDocument(
      (document) => void edge.run("reading breakpoints", () => onOpen(document)),
    ),
  );
  for (const document of vscode.workspace.textDocuments) onOpen(document);

  return {
    of,
    onDidChange: changed.event,
    toggle(document, id) {
      const existing = of(document).filter(({ stage }) => stage === id);
      if (existing.length > 0) {
        vscode.debug.removeBreakpoints(existing.map(({ breakpoint }) => breakpoint));
        return;
      }
      const pipeline = texts.read(document);
      const stage = stageById(pipeline, id);
      if (stage === undefined) return;
      const breakpoint = new vscode.SourceBreakpoint(
        new vscode.Location(document.uri, openingPosition(document, pipeline, stage)),
      );
      stageOf.set(breakpoint.id, id);
      vscode.debug.addBreakpoints([breakpoint]);
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** Nothing reads it: setting it is the cheapest trip to the window and back. */
const ROUND_TRIP_CONTEXT = "flowmason.roundTrip";

interface Move {
  readonly breakpoint: vscode.SourceBreakpoint;
  readonly stage: Stage;
}

function sourceBreakpoints(uri: vscode.Uri): readonly vscode.SourceBreakpoint[] {
  return vscode.debug.breakpoints.filter(
    (breakpoint): breakpoint is vscode.SourceBreakpoint =>
      breakpoint instanceof vscode.SourceBreakpoint && breakpoint.location.uri.toString() === uri.toString(),
  );
}

function copyTo(breakpoint: vscode.SourceBreakpoint, location: vscode.Location): vscode.SourceBreakpoint {
  return new vscode.SourceBreakpoint(
    location,
    breakpoint.enabled,
    breakpoint.condition,
    breakpoint.hitCondition,
    breakpoint.logMessage,
  );
}
