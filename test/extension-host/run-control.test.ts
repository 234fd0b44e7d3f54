import * as assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { cleanUp, eventually, sameFile, threeStages, workspaceFolder, writeFile } from "./support.ts";

interface RunState {
  readonly stoppedAt: string | null;
  readonly stages: readonly { readonly stage: string; readonly status: string; readonly note?: string }[];
}

/** What a run looks like from outside while it is debugged. */
function watchRun(): {
  /** Resolves once the run is stopped there. */
  stopsAt(stage: string): Promise<void>;
  /** Resolves once the stage has been so. */
  becomes(stage: string, status: string): Promise<void>;
  ended(): Promise<void>;
} & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const statuses = new Map<string, string>();
  let stoppedAt: string | null = null;
  let isOver = false;
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ event, body }) => {
      if (event !== "flowmason/runState") return;
      const state = body as RunState;
      stoppedAt = state.stoppedAt;
      for (const { stage, status } of state.stages) statuses.set(stage, status);
      changed.fire();
    }),
    vscode.debug.onDidChangeActiveStackItem(() => changed.fire()),
    vscode.debug.onDidTerminateDebugSession(() => {
      isOver = true;
      changed.fire();
    }),
  );
  const until = async (check: () => boolean): Promise<void> => {
    await eventually(() => (check() ? true : undefined), changed.event);
  };
  return {
    stopsAt: (stage) =>
      until(() => stoppedAt === stage && vscode.debug.activeStackItem instanceof vscode.DebugStackFrame),
    becomes: (stage, status) => until(() => statuses.get(stage) === status),
    ended: () => until(() => isOver),
    dispose: () => subscriptions.dispose(),
  };
}

async function debugFromTheStart(uri: vscode.Uri): Promise<void> {
  assert.ok(
    await vscode.debug.startDebugging(workspaceFolder(), {
      type: "flowmason",
      request: "launch",
      name: "run control",
      pipeline: uri.fsPath,
      stopOnEntry: true,
    }),
  );
}

/** Puts the cursor of a text editor into a stage. */
async function select(uri: vscode.Uri, stage: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri);
  const position = editor.document.positionAt(editor.document.getText().indexOf(`"id": "${stage}"`));
  editor.selection = new vscode.Selection(position, position);
}

/** Each of these debugs a run or two, and the first one waits for VS Code to start the debugger at all. */
const patienceMs = 120_000;

suite("controlling a run", () => {
  teardown(cleanUp);

  test("DB-10 Run to Stage goes on to the stage with the cursor, and Skip Stage leaves one out", async () => {
    const run = watchRun();
    const uri = writeFile("control/steer.pipeline.json", threeStages);
    await debugFromTheStart(uri);
    await run.stopsAt("first");
    await select(uri, "second");
    await vscode.commands.executeCommand("flowmason.runToStage");
    await run.stopsAt("second");
    await run.becomes("first", "succeeded");
    await vscode.commands.executeCommand("flowmason.skipStage");
    await run.becomes("second", "skipped");
    // What needs it is skipped too.
    await run.ended();
    run.dispose();
  }).timeout(patienceMs);

  test("DB-10 Retry Stage tries the stage again that the run is stopped after", async () => {
    const run = watchRun();
    const uri = writeFile("control/retry.pipeline.json", threeStages);
    vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint("after:second")]);
    await vscode.debug.startDebugging(workspaceFolder(), {
      type: "flowmason",
      request: "launch",
      name: "retry",
      pipeline: uri.fsPath,
    });
    await run.stopsAt("second");
    await run.becomes("second", "succeeded");
    await vscode.commands.executeCommand("flowmason.retryStage");
    await run.becomes("second", "running");
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await run.stopsAt("second");
    await vscode.commands.executeCommand("workbench.action.debug.continue");
    await run.becomes("third", "succeeded");
    await run.ended();
    run.dispose();
  }).timeout(patienceMs);

  test("Pin Output pins what a stage gave, and it no longer runs; Unpin Output does so with no session", async () => {
    const run = watchRun();
    const uri = writeFile("control/pinned.pipeline.json", threeStages);
    const file = path.join(
      workspaceFolder().uri.fsPath,
      ".flowmason",
      "pins",
      `${encodeURIComponent("control/pinned.pipeline.json")}.json`,
    );
    await debugFromTheStart(uri);
    await run.stopsAt("first");
    await select(uri, "second");
    await vscode.commands.executeCommand("flowmason.runToStage");
    await run.stopsAt("second");
    await select(uri, "first");
    await vscode.commands.executeCommand("flowmason.pinOutput");
    assert.ok(existsSync(file));
    await vscode.commands.executeCommand("workbench.action.debug.continue");
    await run.ended();
    run.dispose();

    const again = watchRun();
    await vscode.debug.startDebugging(workspaceFolder(), {
      type: "flowmason",
      request: "launch",
      name: "with a pin",
      pipeline: uri.fsPath,
    });
    await again.becomes("first", "cached");
    await again.ended();
    again.dispose();

    await select(uri, "first");
    assert.ok(sameFile(vscode.window.activeTextEditor?.document.uri ?? uri, uri));
    await vscode.commands.executeCommand("flowmason.unpinOutput");
    assert.equal(existsSync(file), false);
  }).timeout(patienceMs);

  test("DB-10 Start from This Stage runs the stage with the cursor again, with what was recorded before it", async () => {
    const run = watchRun();
    const uri = writeFile("control/start.pipeline.json", threeStages);
    await debugFromTheStart(uri);
    await run.stopsAt("first");
    await select(uri, "third");
    await vscode.commands.executeCommand("flowmason.runToStage");
    await run.stopsAt("third");
    run.dispose();

    await select(uri, "second");
    const original = vscode.debug.activeDebugSession;
    const told: string[] = [];
    const started = new vscode.EventEmitter<void>();
    let fork: vscode.DebugSession | undefined;
    const subscriptions = vscode.Disposable.from(
      started,
      vscode.debug.registerDebugAdapterTrackerFactory("flowmason", {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: (message: {
            readonly event?: string;
            readonly body?: { readonly output?: string };
          }) => {
            if (message.event === "output") told.push(message.body?.output?.trim() ?? "");
          },
        }),
      }),
      vscode.debug.onDidStartDebugSession((session) => {
        fork = session;
        started.fire();
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (session === fork) started.fire();
      }),
    );
    void vscode.commands.executeCommand("flowmason.startFromStage");
    // The list takes it as soon as it is there.
    const accepting = setInterval(
      () => void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
      200,
    );
    try {
      await eventually(() => fork, started.event);
    } finally {
      // It would choose from every list of the tests after this one.
      clearInterval(accepting);
    }
    assert.deepEqual(fork?.configuration["fork"].again, ["second"]);
    await eventually(
      () => (told.some((line) => line.startsWith("✓ third")) ? true : undefined),
      vscode.debug.onDidTerminateDebugSession,
    );
    assert.ok(told.some((line) => line.startsWith("✓ second")));
    assert.ok(!told.some((line) => line.startsWith("✓ first")));
    subscriptions.dispose();
    await vscode.debug.stopDebugging(original);
  }).timeout(patienceMs);

  test("with two sessions at once, menus act on the session they belong to", async () => {
    const run = watchRun();
    const uri = writeFile("control/two.pipeline.json", threeStages);
    await debugFromTheStart(uri);
    await run.stopsAt("first");
    await select(uri, "second");
    await vscode.commands.executeCommand("flowmason.runToStage");
    await run.stopsAt("second");
    run.dispose();
    const original = vscode.debug.activeDebugSession;
    assert.ok(original);

    const skipped = new Map<string, string>();
    const stoppedAt = new Map<string, string | null>();
    const changed = new vscode.EventEmitter<void>();
    const listening = vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (event !== "flowmason/runState") return;
      const state = body as RunState;
      stoppedAt.set(session.id, state.stoppedAt);
      for (const { stage, status } of state.stages) if (status === "skipped") skipped.set(stage, session.id);
      changed.fire();
    });
    // A fork that stops at once is a session beside it.
    vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint("second")]);
    const runs = await runOf(original);
    const started = sessionStarted();
    await vscode.debug.startDebugging(workspaceFolder(), {
      type: "flowmason",
      request: "launch",
      name: "fork of two",
      fork: { run: runs.id, again: ["first"] },
      cwd: runs.cwd,
    });
    const fork = started();
    await eventually(() => (stoppedAt.get(fork.id) === "second" ? true : undefined), changed.event);
    // As VS Code calls it from the menu of the call stack, on a thread of the session that is not in front.
    const front = vscode.debug.activeDebugSession;
    const other = front?.id === original.id ? fork : original;
    const menu = { sessionId: other.id, threadId: `thread:${other.id}:1` };
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.commands.executeCommand("flowmason.skipStage", {}, menu);
    await eventually(() => skipped.get("second"), changed.event);
    assert.equal(skipped.get("second"), other.id);
    listening.dispose();

    for (const session of [original, fork]) await vscode.debug.stopDebugging(session);
  }).timeout(patienceMs);

  test("TT-05 the tree of forks leads from a fork back to its run, which is stopped still", async () => {
    const run = watchRun();
    const uri = writeFile("control/tree.pipeline.json", threeStages);
    await debugFromTheStart(uri);
    await run.stopsAt("first");
    await select(uri, "second");
    await vscode.commands.executeCommand("flowmason.runToStage");
    await run.stopsAt("second");
    run.dispose();
    const original = vscode.debug.activeDebugSession;
    assert.ok(original);
    const { id, cwd } = await runOf(original);
    vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint("second")]);
    const started = sessionStarted();
    await vscode.debug.startDebugging(workspaceFolder(), {
      type: "flowmason",
      request: "launch",
      name: "fork in a tree",
      fork: { run: id, again: ["first"] },
      cwd,
    });
    const fork = started();
    await runOf(fork);
    // VS Code may keep the one in front that is stopped.
    while (vscode.debug.activeDebugSession?.id !== fork.id)
      await vscode.commands.executeCommand("workbench.action.debug.prevConsole");
    const menu = { sessionId: fork.id };
    const chosen = vscode.commands.executeCommand("flowmason.showForks", {}, menu);
    // The run that the tree begins with is its first row.
    const accepting = setInterval(
      () => void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
      200,
    );
    try {
      await chosen;
    } finally {
      clearInterval(accepting);
    }
    assert.equal(vscode.debug.activeDebugSession?.id, original.id);
    for (const session of [original, fork]) await vscode.debug.stopDebugging(session);
  }).timeout(patienceMs);
});

/** From now on listens for the session that starts; gives it once it has. */
function sessionStarted(): () => vscode.DebugSession {
  let found: vscode.DebugSession | undefined;
  const subscription = vscode.debug.onDidStartDebugSession((session) => {
    found ??= session;
    subscription.dispose();
  });
  return () => {
    assert.ok(found, "no session has started");
    return found;
  };
}

/** The recorded run that a session is of, once its adapter knows it. */
async function runOf(session: vscode.DebugSession): Promise<{ readonly id: string; readonly cwd: string }> {
  for (;;) {
    const answer: { readonly state: { readonly run: { readonly id: string; readonly cwd: string } | null } } =
      await session.customRequest("flowmason/timeline", { start: 0, count: 0 });
    if (answer.state.run !== null) return answer.state.run;
  }
}
