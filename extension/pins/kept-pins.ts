import * as vscode from "vscode";
import type { CanvasPin, KeptPin } from "#protocol";
import type { Edge } from "../edge.ts";

/** Where the pins of a file are read and taken away while no run of it is debugged. */
export interface PinSource {
  keptPins(pipeline: vscode.Uri): Promise<readonly KeptPin[]>;
  unpinKept(pipeline: vscode.Uri, stage: string): Promise<void>;
}

/** The pins of files whose canvases are open, as `.flowmason/pins` has them. */
export interface KeptPins extends vscode.Disposable {
  /** As they were read last; none while they have not been. */
  of(uri: vscode.Uri): readonly CanvasPin[];
  /** Reads those of a file anew; from then on they follow what is written. */
  refresh(uri: vscode.Uri): Promise<readonly KeptPin[]>;
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** Knows of no file's pins yet. Reading them is all it does, so that it may in workspaces that are not trusted. */
export function createKeptPins(edge: Edge, source: Pick<PinSource, "keptPins">): KeptPins {
  const known = new Map<string, readonly KeptPin[]>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const watcher = vscode.workspace.createFileSystemWatcher("**/.flowmason/pins/*.json");

  const refresh = async (uri: vscode.Uri): Promise<readonly KeptPin[]> => {
    if (uri.scheme !== "file") return [];
    const key = uri.toString();
    const pins = await source.keptPins(uri);
    const before = known.get(key) ?? [];
    known.set(key, pins);
    if (JSON.stringify(before) !== JSON.stringify(pins)) changed.fire(uri);
    return pins;
  };
  const refreshAll = (): void => {
    for (const key of known.keys()) void edge.run("reading pins", () => refresh(vscode.Uri.parse(key, true)));
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate(refreshAll),
    watcher.onDidChange(refreshAll),
    watcher.onDidDelete(refreshAll),
  );
  return {
    of: (uri) => (known.get(uri.toString()) ?? []).map((pin) => ({ stage: pin.stage, note: pinNote(pin) })),
    refresh,
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}

/** Since when a stage is pinned, and to what. */
export function pinNote({ pinnedAt, run }: KeptPin): string {
  const since = new Date(pinnedAt).toLocaleString();
  return run === null
    ? `Pinned ${since}, to an output of its own`
    : `Pinned ${since}, to its output of run ${run}`;
}
