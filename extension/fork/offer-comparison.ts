import * as vscode from "vscode";
import type { SessionRuns } from "../debug/session-runs.ts";

const COMPARE = "Compare Runs";

/** Offers to compare a fork that is over with the run that it is from. */
export function offerComparison(
  sessionRuns: SessionRuns,
  compare: (runs: { readonly folder: string; readonly before: string; readonly after: string }) => void,
): vscode.Disposable {
  return sessionRuns.onDidEnd(({ session, run }) => {
    const { id, cwd, fork } = run;
    // Those of a sweep are compared in its table.
    if (session.configuration["noDebug"] === true) return;
    // Of the record of a fork nothing has ended.
    if (session.configuration["fork"] === undefined || fork === null) return;
    void vscode.window
      .showInformationMessage(`The fork of run ${fork.runId} is over.`, COMPARE)
      .then((choice) => {
        if (choice === COMPARE) compare({ folder: cwd, before: fork.runId, after: id });
      });
  });
}
