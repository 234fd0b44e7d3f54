import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, workspaceFolder, writeFile } from "./support.ts";

suite("keys of models", () => {
  teardown(cleanUp);

  test("a run without a key tells its variable, and leaving the offer keeps nothing", async () => {
    const told: unknown[] = [];
    const changed = new vscode.EventEmitter<void>();
    const subscriptions = vscode.Disposable.from(
      changed,
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ event, body }) => {
        if (event !== "flowmason/keyMissing") return;
        told.push(body);
        changed.fire();
      }),
    );
    const config = { prompt: "Hello?", provider: "groq" };
    const stages = [{ id: "ask", component_type: "generator", config }];
    const uri = writeFile(
      "keys/ask.pipeline.json",
      JSON.stringify({ name: "ask", version: "1.0.0", stages }),
    );
    const launch = { type: "flowmason", request: "launch", name: "ask", pipeline: uri.fsPath };
    for (let time = 1; time <= 2; time++) {
      await vscode.debug.startDebugging(workspaceFolder(), launch, { noDebug: true });
      await eventually(() => (told.length === time ? true : undefined), changed.event);
      assert.deepEqual(told.at(-1), { variable: "GROQ_API_KEY", stage: "ask" });
      await left(vscode.commands.executeCommand("flowmason.setApiKey"));
    }
    subscriptions.dispose();
  });
});

/** What asks appears a moment after the command; leaving is tried until it has ended. */
async function left(asking: Thenable<unknown>): Promise<void> {
  let isOver = false;
  void asking.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
