import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, workspaceFolder, writeFile } from "./support.ts";

const text = `{
  "name": "inline",
  "version": "1.0.0",
  "sample_input": { "title": "Hello" },
  "stages": [
    {
      "id": "draft",
      "component_type": "json_transform",
      "config": { "data": "{{input}}", "template": { "title": "{{upper(data.title)}}" } }
    },
    {
      "id": "note",
      "component_type": "logger",
      "depends_on": ["draft"],
      "config": {
        "message": "{{upstream.draft.title}}: {{input.title}}",
        "tags": { "key": "{{secrets.INLINE_TOKEN}}" }
      }
    }
  ]
}
`;

suite("values in the text", () => {
  teardown(cleanUp);

  test("DB-21 where a run is stopped, also back in its past, the text has the values of the stage's paths, without secrets, and after it its output; none when it is over", async () => {
    const uri = writeFile("inline/inline.pipeline.json", text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "flowmason-pipeline");
    const breakpoints = ["before:note", "after:note"].map((name) => new vscode.FunctionBreakpoint(name));
    vscode.debug.addBreakpoints(breakpoints);
    const stops = followStops();
    const ended = new Promise<void>((resolve) => {
      const subscription = vscode.debug.onDidTerminateDebugSession(() => {
        subscription.dispose();
        resolve();
      });
    });
    try {
      await vscode.debug.startDebugging(workspaceFolder(), {
        type: "flowmason",
        request: "launch",
        name: "inline",
        pipeline: uri.fsPath,
        env: { INLINE_TOKEN: "nobody-may-see-this" },
      });
      const first = await stops.next();
      const before = await valuesAt(first, document);
      assert.equal(before["upstream.draft.title"], '"HELLO"');
      assert.equal(before["input.title"], '"Hello"');
      assert.ok(!JSON.stringify(before).includes("nobody-may-see-this"));
      await vscode.commands.executeCommand("workbench.action.debug.continue");
      const next = await stops.next();
      assert.match((await valuesAt(next, document))["output"] ?? "", /logged: true/);
      // Back to the stage's end, and then to before it.
      let past = next;
      for (const place of ["done", "begun"] as const) {
        await vscode.commands.executeCommand("workbench.action.debug.stepBack");
        past = await stops.next();
        const values = await valuesAt(past, document);
        assert.deepEqual(values, place === "begun" ? before : { ...before, output: values["output"] });
      }
      await vscode.debug.stopDebugging(past.session);
      await ended;
      assert.deepEqual(await valuesAt(past, document), {});
    } finally {
      vscode.debug.removeBreakpoints(breakpoints);
      stops.dispose();
    }
  }).timeout(120_000);
});

/** Follows where runs stop. VS Code may ask twice for the frames of one stop, which are others then. */
function followStops(): vscode.Disposable & { next(): Promise<vscode.DebugStackFrame> } {
  const changes = new vscode.EventEmitter<void>();
  let told = 0;
  let awaited = 0;
  /** The frames that were told since the last stop. */
  const current = new Set<number>();
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory("flowmason", {
    createDebugAdapterTracker: () => ({
      onDidSendMessage({ event, command, body }: Message) {
        if (event === "stopped") {
          told += 1;
          current.clear();
        }
        if (command === "stackTrace") for (const { id } of body?.stackFrames ?? []) current.add(id);
        changes.fire();
      },
    }),
  });
  const items = vscode.debug.onDidChangeActiveStackItem(() => changes.fire());
  return {
    dispose: () => vscode.Disposable.from(tracker, items, changes).dispose(),
    next() {
      awaited += 1;
      return eventually(() => {
        const item = vscode.debug.activeStackItem;
        const isNew = told >= awaited && item instanceof vscode.DebugStackFrame && current.has(item.frameId);
        return isNew ? item : undefined;
      }, changes.event);
    },
  };
}

interface Message {
  readonly event?: string;
  readonly command?: string;
  readonly body?: { readonly stackFrames?: readonly { readonly id: number }[] };
}

/** What VS Code would draw, asked for as it asks. */
async function valuesAt(
  { session, frameId }: vscode.DebugStackFrame,
  document: vscode.TextDocument,
): Promise<Record<string, string>> {
  const start = document.positionAt(document.getText().indexOf('"id": "note"') - 8);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const offered = await vscode.commands.executeCommand<vscode.InlineValue[]>(
    "vscode.executeInlineValueProvider",
    document.uri,
    all,
    { frameId, stoppedLocation: new vscode.Range(start, start) },
  );
  const values: Record<string, string> = {};
  for (const each of offered) {
    const expression = "expression" in each ? (each.expression ?? "") : "";
    const answer = session.customRequest("evaluate", { expression, frameId, context: "watch" });
    // What has no value there is left out by VS Code too.
    const { result } = (await Promise.resolve(answer).catch(() => ({ result: undefined }))) as {
      readonly result: string | undefined;
    };
    if (result !== undefined) values[expression] = result;
  }
  return values;
}
