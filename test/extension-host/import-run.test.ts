import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, writeFile } from "./support.ts";

/** A run as LangSmith's API answers it. */
const failed = {
  id: "5c0d3a52-3a0f-4d0e-8d39-0f0f4a3b0001",
  name: "agent",
  run_type: "chain",
  start_time: "2026-09-21T09:00:00.000000",
  end_time: "2026-09-21T09:00:01.000000",
  inputs: { question: "Weather in Oslo?" },
  error: "RateLimitError('slow down')",
};

suite("runs of elsewhere", () => {
  teardown(cleanUp);

  test("TT-13 a file of LangSmith's runs is taken in and opened in the debugger at its failure", async () => {
    const file = writeFile("imported/trace.json", JSON.stringify({ runs: [failed] }));
    const told = new vscode.EventEmitter<void>();
    let session: vscode.DebugSession | undefined;
    let isStopped = false;
    let isOver = false;
    const subscriptions = vscode.Disposable.from(
      told,
      vscode.debug.registerDebugAdapterTrackerFactory("flowmason", {
        createDebugAdapterTracker: (tracked) => ({
          onDidSendMessage({ event }: { readonly event?: string }) {
            if (event !== "stopped") return;
            session = tracked;
            isStopped = true;
            told.fire();
          },
        }),
      }),
      vscode.debug.onDidTerminateDebugSession(() => {
        isOver = true;
        told.fire();
      }),
    );
    try {
      await vscode.commands.executeCommand("flowmason.importRun", file);
      await eventually(() => isStopped || undefined, told.event);
      assert.ok(session !== undefined);
      assert.match(session.name, /^Recorded run 20260921-090000-/);
      const { stackFrames } = await session.customRequest("stackTrace", { threadId: 1 });
      assert.match(stackFrames[0].name, /^agent/);
      await vscode.debug.stopDebugging(session);
      await eventually(() => isOver || undefined, told.event);
    } finally {
      subscriptions.dispose();
    }
  }).timeout(120_000);
});
