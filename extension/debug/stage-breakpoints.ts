import * as vscode from "vscode";
import { type PipelineDocument, type Stage, stageById } from "#core/pipeline";
import { isPipeline } from "../active-pipeline.ts";
import type { Edge } from "../edge.ts";
import { followStage, type StageRef, stageOfRef, stageRef } from "../texts/follow-stage.ts";
import type { PipelineTextChange, PipelineTexts } from "../texts/pipeline-texts.ts";
import { openingPosition, stageOfBreakpoint } from "../texts/stage-lines.ts";
import type { StageMemory } from "./stage-memory.ts";

/**
 * Breakpoints by (file, stage). VS Code's list of source breakpoints is the only store, so gutter, canvas and F9 cannot
 * disagree; what this adds is which stage each one belongs to, so that it follows its stage and not its line (DB-02).
 */
export interface StageBreakpoints extends vscode.Disposable {
  /** Those of the document that belong to a stage. */
  of(document: vscode.TextDocument): readonly StageBreakpoint[];
  /** Adds one before the stage, or removes those it has. */
  toggle(document: vscode.TextDocument, stage: string): void;
  /** Brings those of a file that may have changed while it was closed back to their stages; before a run. */
  settle(uri: vscode.Uri): Promise<void>;
  /** Fires with the file whose breakpoints may have changed. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

export interface StageBreakpoint {
  readonly stage: string;
  readonly breakpoint: vscode.SourceBreakpoint;
}

/** Keeps breakpoints at their stages until it is disposed of. */
export function createStageBreakpoints(
  edge: Edge,
  texts: PipelineTexts,
  memory: StageMemory,
): StageBreakpoints {
  // By VS Code's id of the breakpoint. Files may have changed since the last window, so only ids are known of it.
  const stageOf = new Map<string, StageRef>(
    [...memory.recall()].map(([breakpoint, id]) => [breakpoint, { id, start: null }]),
  );
  // Breakpoints of stages that are not in the text just now: cut, or deleted and perhaps brought back by undo.
  const parked = new Map<string, readonly BoundBreakpoint[]>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const pendingFollows = new Set<vscode.TextDocument>();

  function of(document: vscode.TextDocument): readonly StageBreakpoint[] {
    return bound(document).flatMap(({ ref: { id }, breakpoint }) =>
      id === null ? [] : [{ stage: id, breakpoint }],
    );
  }

  /** Each breakpoint with the stage it belongs to; the first time, that is the one on its line. */
  function bound(document: vscode.TextDocument): readonly BoundBreakpoint[] {
    const breakpoints = sourceBreakpoints(document.uri);
    if (breakpoints.length === 0) return [];
    const pipeline = texts.read(document);
    return breakpoints.flatMap((breakpoint) => {
      const ref = stageOf.get(breakpoint.id) ?? refOnLine(document, pipeline, breakpoint);
      if (ref === undefined) return [];
      stageOf.set(breakpoint.id, ref);
      return [{ ref, breakpoint }];
    });
  }

  /** Brings each breakpoint back to the opening line of its stage. */
  function follow(document: vscode.TextDocument): void {
    const pipeline = texts.read(document);
    // Half-typed text has no reliable stages; the next change that mends it comes here again.
    if (pipeline.broken) return;
    const moves: Move[] = [];
    const parking: BoundBreakpoint[] = [];
    for (const { ref, breakpoint } of bound(document)) {
      if (ref.id === null) continue;
      const stage = stageOfRef(pipeline, ref);
      const { start } = breakpoint.location.range;
      if (stage === undefined) parking.push({ ref, breakpoint });
      else if (
        stageOfBreakpoint(document, pipeline, start) !== stage &&
        !openingPosition(document, pipeline, stage).isEqual(start)
      ) {
        moves.push({ breakpoint, stage });
      }
    }
    const key = document.uri.toString();
    const still: BoundBreakpoint[] = [...parking];
    for (const { ref, breakpoint } of parked.get(key) ?? []) {
      const stage = stageOfRef(pipeline, ref);
      if (stage === undefined) still.push({ ref, breakpoint });
      else moves.push({ breakpoint, stage });
    }
    if (still.length === 0) parked.delete(key);
    else parked.set(key, still);
    replace(document, pipeline, moves, parking);
    keep();
  }

  function keep(): void {
    const present = new Set(vscode.debug.breakpoints.map(({ id }) => id));
    const stages = [...stageOf].flatMap(([breakpoint, { id }]): [string, string][] =>
      id === null || !present.has(breakpoint) ? [] : [[breakpoint, id]],
    );
    void edge.run("keeping the stages of breakpoints", () => memory.keep(new Map(stages)));
  }

  function replace(
    document: vscode.TextDocument,
    pipeline: PipelineDocument,
    moves: readonly Move[],
    removed: readonly BoundBreakpoint[],
  ): void {
    const gone = [...moves, ...removed].map(({ breakpoint }) => breakpoint);
    const added = moves.map(({ breakpoint, stage }) => {
      const moved = copyTo(
        breakpoint,
        new vscode.Location(document.uri, openingPosition(document, pipeline, stage)),
      );
      stageOf.set(moved.id, stageRef(pipeline, stage));
      return moved;
    });
    if (gone.length > 0) vscode.debug.removeBreakpoints(gone);
    if (added.length > 0) vscode.debug.addBreakpoints(added);
  }

  function onText(change: PipelineTextChange): void {
    const { document } = change;
    const breakpoints = sourceBreakpoints(document.uri);
    if (!isPipeline(document) || (breakpoints.length === 0 && !parked.has(document.uri.toString()))) return;
    for (const { id } of breakpoints) {
      const ref = stageOf.get(id);
      const now = ref === undefined ? undefined : followStage(change, ref);
      if (now !== undefined) stageOf.set(id, now);
    }
    followLater(document);
  }

  /**
   * A visible text editor moves breakpoints with its lines by itself, and tells us after it told us of the text. One
   * trip to the window and back lets that news arrive first, so that only what it got wrong is moved again.
   */
  function followLater(document: vscode.TextDocument): void {
    if (pendingFollows.has(document)) return;
    pendingFollows.add(document);
    void edge.run("moving breakpoints with their stages", async () => {
      await vscode.commands.executeCommand("setContext", ROUND_TRIP_CONTEXT, true);
      pendingFollows.delete(document);
      follow(document);
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
      if (document !== undefined && isPipeline(document) && of(document).length > 0) {
        // Those that VS Code kept from its last window come here too, and their file may have changed since.
        followLater(document);
      }
      changed.fire(uri);
    }
    keep();
  }

  function onOpen(document: vscode.TextDocument): void {
    if (!isPipeline(document)) return;
    if (of(document).length > 0 || parked.has(document.uri.toString())) follow(document);
  }

  const subscriptions = vscode.Disposable.from(
    changed,
    texts.onDidChange(onText),
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
      stageOf.set(breakpoint.id, stageRef(pipeline, stage));
      vscode.debug.addBreakpoints([breakpoint]);
    },
    async settle(uri) {
      if (sourceBreakpoints(uri).length > 0) onOpen(await vscode.workspace.openTextDocument(uri));
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** Nothing reads it: setting it is the cheapest trip to the window and back. */
const ROUND_TRIP_CONTEXT = "flowmason.roundTrip";

interface BoundBreakpoint {
  readonly ref: StageRef;
  readonly breakpoint: vscode.SourceBreakpoint;
}

interface Move {
  readonly breakpoint: vscode.SourceBreakpoint;
  readonly stage: Stage;
}

function refOnLine(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  { location }: vscode.SourceBreakpoint,
): StageRef | undefined {
  const stage = stageOfBreakpoint(document, pipeline, location.range.start);
  return stage === undefined ? undefined : stageRef(pipeline, stage);
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
