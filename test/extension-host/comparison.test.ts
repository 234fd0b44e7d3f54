import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { activeInput, cleanUp, eventually, threeStages, workspaceFolder, writeFile } from "./support.ts";

const pipeline = (message: string): string =>
  JSON.stringify({
    name: "compared",
    stages: [{ id: "say", component_type: "logger", config: { message } }],
  });

/** The name of the comparison in front, once there is one. */
async function comparisonInFront(): Promise<string> {
  const { tabGroups } = vscode.window;
  return await eventually(
    () => {
      const input = activeInput();
      const isIt = input instanceof vscode.TabInputWebview && input.viewType.endsWith("flowmason.comparison");
      return isIt ? tabGroups.activeTabGroup.activeTab?.label : undefined;
    },
    tabGroups.onDidChangeTabs,
    tabGroups.onDidChangeTabGroups,
  );
}

suite("comparisons", () => {
  teardown(cleanUp);

  test("two files that are selected in the explorer are compared, the first with the second", async () => {
    const one = writeFile("compared/one.pipeline.json", pipeline("one"));
    const two = writeFile("compared/two.pipeline.json", pipeline("two"));
    await vscode.commands.executeCommand("flowmason.compareSelected", one, [one, two]);
    assert.equal(await comparisonInFront(), "compared/one.pipeline.json ↔ compared/two.pipeline.json");
  });

  test("TT-08 two recorded runs are compared, which are chosen from a list", async () => {
    const uri = writeFile("compared-runs/flow.pipeline.json", threeStages);
    for (const name of ["one run", "another run"]) {
      const ended = new Promise<void>((resolve) => {
        const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
          if (session.name !== name) return;
          subscription.dispose();
          resolve();
        });
      });
      const launch = { type: "flowmason", request: "launch", name, pipeline: uri.fsPath };
      assert.ok(await vscode.debug.startDebugging(workspaceFolder(), launch, { noDebug: true }));
      await ended;
    }
    const compared = vscode.commands.executeCommand("flowmason.compareRuns");
    // Of each of the two lists the first row is taken as soon as it is there.
    const accepting = setInterval(
      () => void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
      200,
    );
    try {
      await compared;
    } finally {
      clearInterval(accepting);
    }
    const [, before = "", after = ""] = /^run (\S+) ↔ run (\S+)$/.exec(await comparisonInFront()) ?? [];
    assert.ok(before !== "" && before < after, `${before} is the older one of ${after}`);
  }).timeout(120_000);

  test("a change in Source Control is compared with HEAD", async () => {
    const file = writeFile("compared-in-git/flow.pipeline.json", pipeline("before"));
    const cwd = vscode.Uri.joinPath(workspaceFolder().uri, "compared-in-git").fsPath;
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    for (const args of [["init"], ["add", "."], ["commit", "-m", "before"]])
      execFileSync("git", [...author, ...args], { cwd });
    writeFile("compared-in-git/flow.pipeline.json", pipeline("after"));
    await vscode.commands.executeCommand("flowmason.openVisualDiff", { resourceUri: file });
    assert.equal(
      await comparisonInFront(),
      "compared-in-git/flow.pipeline.json (HEAD) ↔ compared-in-git/flow.pipeline.json",
    );
  });
});
