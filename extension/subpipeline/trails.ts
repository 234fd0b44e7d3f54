import * as vscode from "vscode";
import * as z from "zod";
import type { TrailStep } from "#protocol";
import { CANVAS_VIEW_TYPE } from "../identifiers.ts";

/** The ways by which open canvases were reached from others, past the end of the window. */
export interface Trails extends vscode.Disposable {
  /** From the first canvas to the one that the file was opened from; empty where someone opened it otherwise. */
  of(uri: vscode.Uri): readonly TrailStep[];
  /** A file is about to be opened from a stage of another. */
  follow(from: vscode.Uri, stage: string, to: vscode.Uri): void;
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

const KEY = "flowmason.trails";
const stored = z.array(
  z.tuple([z.string(), z.array(z.object({ uri: z.string(), name: z.string(), stage: z.string() }))]),
);

/** How long a way may get: a pipeline that calls itself is opened from itself for ever. */
const LONGEST = 12;

/** The ways that the state of the workspace has; one goes with the tab of its file. */
export function createTrails(state: vscode.Memento): Trails {
  // What another version has left and this one cannot read is as good as nothing.
  const trails = new Map<string, readonly TrailStep[]>(stored.safeParse(state.get(KEY)).data ?? []);
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const keep = (): void => void state.update(KEY, [...trails]);

  const closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    for (const { input } of closed) {
      if (!(input instanceof vscode.TabInputCustom) || input.viewType !== CANVAS_VIEW_TYPE) continue;
      if (trails.delete(input.uri.toString())) keep();
    }
  });

  return {
    of: (uri) => trails.get(uri.toString()) ?? [],
    follow(from, stage, to) {
      const before = trails.get(from.toString()) ?? [];
      const step: TrailStep = { uri: from.toString(), name: pipelineName(from), stage };
      const way = [...before, step];
      // One that is on the way already has been come back to.
      const again = way.findIndex(({ uri }) => uri === to.toString());
      const trail = again >= 0 ? way.slice(0, again) : way.slice(-LONGEST);
      trails.set(to.toString(), trail);
      keep();
      changed.fire(to);
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(changed, closing).dispose(),
  };
}

function pipelineName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/(?:\.pipeline)?\.json$/, "");
}
