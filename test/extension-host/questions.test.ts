import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, workspaceFolder, writeFile } from "./support.ts";

/** What the adapter tells of questions and of the run's output, in order. */
function watch(): {
  readonly told: string[];
  readonly onDidTell: vscode.Event<void>;
  readonly ended: () => boolean;
} & vscode.Disposable {
  const told: string[] = [];
  const changed = new vscode.EventEmitter<void>();
  let ended = false;
  const note = (line: string): void => {
    told.push(line);
    changed.fire();
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ event, body }) => {
      if (event !== "flowmason/question") return;
      const { kind, stage } = body as { readonly kind: string; readonly stage: string };
      note(`${kind} ${stage}`);
    }),
    vscode.debug.registerDebugAdapterTrackerFactory("flowmason", {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: (message: {
          readonly event?: string;
          readonly body?: { readonly output?: string };
        }) => {
          if (message.event === "output" && message.body?.output?.startsWith("Output:") === true)
            note(message.body.output.trim());
        },
      }),
    }),
    vscode.debug.onDidTerminateDebugSession(() => {
      ended = true;
      changed.fire();
    }),
  );
  return { told, onDidTell: changed.event, ended: () => ended, dispose: () => subscriptions.dispose() };
}

function asking(...stages: readonly object[]): string {
  return JSON.stringify({ name: "asking", version: "1.0.0", stages });
}

const deploy = { id: "deploy", component_type: "approval", config: { prompt: "Deploy?" } };
const where = {
  id: "where",
  component_type: "approval",
  config: { prompt: "Where?", kind: "choice", options: ["eu", "us"], default: "us" },
};
const say = (template: string): object => ({
  id: "say",
  component_type: "json_transform",
  config: { template },
});

suite("questions", () => {
  teardown(cleanUp);

  test("a notification asks, and its first button is a yes", async () => {
    const seen = watch();
    const uri = writeFile(
      "questions/notify.pipeline.json",
      asking(deploy, say("{{ upstream.deploy.approved }} by {{ upstream.deploy.answered_via }}")),
    );
    await vscode.debug.startDebugging(workspaceFolder(), configuration(uri), { noDebug: true });
    await eventually(() => (seen.told.includes("asked deploy") ? true : undefined), seen.onDidTell);
    await accepted(seen, () => vscode.commands.executeCommand("notification.acceptPrimaryAction"));
    await eventually(() => (seen.ended() ? true : undefined), seen.onDidTell);
    // VS Code tells of a custom event and of an output in no fixed order.
    assert.equal(seen.told[0], "asked deploy");
    assert.ok(seen.told.includes("closed deploy"));
    assert.ok(seen.told.some((line) => /^Output: "true by .+"$/.test(line)));
    seen.dispose();
  });

  test("the command answers what is open, here the default of a choice", async () => {
    const seen = watch();
    const uri = writeFile(
      "questions/command.pipeline.json",
      asking(where, say("{{ upstream.where.answer }}")),
    );
    await vscode.debug.startDebugging(workspaceFolder(), configuration(uri), { noDebug: true });
    await eventually(() => (seen.told.includes("asked where") ? true : undefined), seen.onDidTell);
    void vscode.commands.executeCommand("flowmason.answerQuestion");
    await accepted(seen, () =>
      vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
    );
    await eventually(() => (seen.ended() ? true : undefined), seen.onDidTell);
    assert.deepEqual(new Set(seen.told), new Set(["asked where", "closed where", 'Output: "us"']));
    seen.dispose();
  });

  test("a question that is left stays open, and goes away with its run", async () => {
    const seen = watch();
    const uri = writeFile("questions/left.pipeline.json", asking(where));
    await vscode.debug.startDebugging(workspaceFolder(), configuration(uri), { noDebug: true });
    await eventually(() => (seen.told.includes("asked where") ? true : undefined), seen.onDidTell);
    const answering = vscode.commands.executeCommand("flowmason.answerQuestion");
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await vscode.debug.stopDebugging();
    await eventually(() => (seen.ended() ? true : undefined), seen.onDidTell);
    await answering;
    assert.deepEqual(seen.told.slice(0, 2), ["asked where", "closed where"]);
    seen.dispose();
  });
});

function configuration(uri: vscode.Uri): vscode.DebugConfiguration {
  return { type: "flowmason", request: "launch", name: "asking", pipeline: uri.fsPath };
}

/** What is asked appears a moment after the event; accepting is tried until the question is closed. */
async function accepted(
  seen: { readonly told: readonly string[] },
  accept: () => Thenable<unknown>,
): Promise<void> {
  while (!seen.told.some((line) => line.startsWith("closed"))) {
    await accept();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
