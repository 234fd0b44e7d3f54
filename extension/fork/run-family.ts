import * as vscode from "vscode";
import type { FamilyRow, TimelineRun } from "#protocol";
import { startInFront } from "../debug/bring-to-front.ts";
import type { CallStackPlace } from "../debug/call-stack-place.ts";
import { openRecordedRun } from "../debug/debug-recorded-run.ts";
import type { SessionRuns } from "../debug/session-runs.ts";
import { Refusal } from "../edge.ts";

/** The tree of forks that a recorded run of the workspace around a folder is in. */
export type ReadFamily = (folder: vscode.Uri, runId: string) => Promise<readonly FamilyRow[]>;

/** The ways between a run and its forks. */
export interface RunFamilies {
  /** Lets the user choose among the runs of the tree that the run in front is in, and looks at that one. */
  choose(menu: CallStackPlace | undefined): Promise<void>;
  /** Looks at a run: in its session where it has one, else at its record. `cwd` is a folder in its workspace, as a path. */
  lookAt(runId: string, cwd: string): Promise<void>;
}

export function createRunFamilies(read: ReadFamily, sessionRuns: SessionRuns): RunFamilies {
  const lookAt: RunFamilies["lookAt"] = async (runId, cwd) => {
    if (await sessionRuns.bringForward(runId)) return;
    await startInFront(() => openRecordedRun({ runId, root: cwd }));
  };
  return {
    lookAt,
    async choose(menu) {
      const run = await sessionRuns.ofMenu(menu);
      if (run === null)
        throw new Refusal(
          "No recorded run is being debugged. Open one with Debug Recorded Run…, and its forks are listed here.",
        );
      const rows = await read(vscode.Uri.file(run.cwd), run.id);
      if (rows.length < 2)
        throw new Refusal(
          `The run ${run.id} is no fork, and has none. Fork Run from Here… and Live Replay… start one.`,
        );
      const chosen = await vscode.window.showQuickPick(
        rows.map((row) => itemOf(row, run)),
        { title: "Forks of the Run", placeHolder: "Which run to look at", matchOnDescription: true },
      );
      if (chosen === undefined || chosen.runId === run.id) return;
      if (chosen.isGone) throw new Refusal(`The record of run ${chosen.runId} is not there any longer.`);
      await lookAt(chosen.runId, run.cwd);
    },
  };
}

function itemOf(
  { runId, run, depth }: FamilyRow,
  own: TimelineRun,
): vscode.QuickPickItem & { readonly runId: string; readonly isGone: boolean } {
  const indent = "\u2003".repeat(depth);
  const icon = runId === own.id ? "$(target)" : depth === 0 ? "$(circle-large)" : "$(repo-forked)";
  const fork = run?.fork ?? null;
  const place = fork === null ? "" : `, after event ${fork.seq}: ${fork.changes.join(", ")}`;
  const description = run === null ? "its record is gone" : `${run.status}${place}`;
  return { label: `${indent}${icon} ${runId}`, description, runId, isGone: run === null };
}
