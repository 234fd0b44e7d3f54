import * as vscode from "vscode";
import { DEBUG_TYPE, wireValuesRequest } from "#protocol";
import type { Edge } from "../edge.ts";
import type { RunViews } from "./run-views.ts";

/** Has the run views show what flows on the wires, as it is seen from the frame that is selected at a stop. */
export function followWireValues(edge: Edge, runs: RunViews): vscode.Disposable {
  /** A later question makes the answer to an earlier one old. */
  let asked = 0;

  const ask = (): void => {
    const item = vscode.debug.activeStackItem;
    if (!(item instanceof vscode.DebugStackFrame) || item.session.type !== DEBUG_TYPE) return;
    const { session, frameId } = item;
    asked += 1;
    const mine = asked;
    void edge.run("showing values on the canvas", async () => {
      const answer: unknown = await session.customRequest(wireValuesRequest.name, { frameId }).then(
        (value: unknown) => value,
        // The run has gone on, or the session has ended, before the question arrived.
        () => undefined,
      );
      if (answer === undefined || mine !== asked) return;
      const { path, values } = wireValuesRequest.body.parse(answer);
      runs.showValues(session.id, vscode.Uri.file(path), values);
    });
  };

  return vscode.Disposable.from(
    vscode.debug.onDidChangeActiveStackItem(ask),
    // What it says of the stages may come before or after VS Code has selected the frame.
    runs.onDidChange(({ change: { phase, values } }) => {
      if (phase === "stopped" && values === undefined) ask();
    }),
  );
}
