import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, openCanvas, threeStages, workspaceFolder, writeFile } from "./support.ts";

/** The configuration with which the next session starts, after ours has been completed. Resolves when it has ended. */
async function resolvedBy(start: () => Thenable<unknown>): Promise<vscode.DebugConfiguration> {
  let ended: vscode.DebugSession | undefined;
  const end = new vscode.EventEmitter<void>();
  const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
    ended = session;
    end.fire();
  });
  try {
    await start();
    // The pipelines here are short, and end by themselves.
    const { configuration } = await eventually(() => ended, end.event);
    return configuration;
  } finally {
    subscription.dispose();
    end.dispose();
  }
}

const withSample = threeStages.replace(
  '"id": "three",',
  '"id": "three",\n  "sample_input": { "topic": "owls" },',
);

suite("launching", () => {
  teardown(cleanUp);

  test("F5 on the canvas runs its file, with the file's sample input", async () => {
    const uri = writeFile("launching/sample.pipeline.json", withSample);
    await openCanvas(uri);
    const configuration = await resolvedBy(() => vscode.commands.executeCommand("flowmason.debugPipeline"));
    assert.equal(configuration.type, "flowmason");
    assert.equal(configuration.request, "launch");
    assert.equal(configuration["pipeline"], uri.fsPath);
    assert.deepEqual(configuration["input"], { topic: "owls" });
    assert.equal(configuration["cwd"], workspaceFolder().uri.fsPath);
    assert.notEqual(configuration["noDebug"], true);
  });

  test("Run Pipeline asks for no stops", async () => {
    const uri = writeFile("launching/run.pipeline.json", threeStages);
    await openCanvas(uri);
    const configuration = await resolvedBy(() => vscode.commands.executeCommand("flowmason.runPipeline"));
    assert.equal(configuration["noDebug"], true);
    assert.equal(configuration["input"], undefined);
  });

  test("F5 in the text of a pipeline, with no launch.json, runs that file", async () => {
    const uri = writeFile("launching/text.pipeline.json", threeStages);
    await vscode.window.showTextDocument(uri);
    const configuration = await resolvedBy(() =>
      vscode.debug.startDebugging(workspaceFolder(), { type: "flowmason", request: "launch", name: "" }),
    );
    assert.equal(configuration["pipeline"], uri.fsPath);
    assert.equal(configuration.name, "launching/text.pipeline.json");
  });

  test("${file} in a launch configuration is the file on the canvas", async () => {
    const uri = writeFile("launching/variable.pipeline.json", threeStages);
    await openCanvas(uri);
    const base = { type: "flowmason", request: "launch", name: "variable" };
    const configuration = await resolvedBy(() =>
      vscode.debug.startDebugging(workspaceFolder(), { ...base, pipeline: "${file}" }),
    );
    assert.equal(configuration["pipeline"], uri.fsPath);
  });

  test("a launch configuration's own input goes before the sample, and paths are made absolute", async () => {
    writeFile("launching/own.pipeline.json", withSample);
    const base = {
      type: "flowmason",
      request: "launch",
      name: "own",
      pipeline: "launching/own.pipeline.json",
    };
    const withInput = await resolvedBy(() =>
      vscode.debug.startDebugging(workspaceFolder(), { ...base, input: { topic: "bats" } }),
    );
    assert.deepEqual(withInput["input"], { topic: "bats" });
    const input = writeFile("launching/input.json", "{}");
    const withFile = await resolvedBy(() =>
      vscode.debug.startDebugging(workspaceFolder(), { ...base, inputFile: "launching/input.json" }),
    );
    assert.equal(withFile["inputFile"], input.fsPath);
    assert.equal(withFile["input"], undefined);
  });

  test("a pipeline that is not there is refused before any session starts", async () => {
    const base = {
      type: "flowmason",
      request: "launch",
      name: "gone",
      pipeline: "launching/gone.pipeline.json",
    };
    assert.equal(await vscode.debug.startDebugging(workspaceFolder(), base), false);
  });
});
