import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
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

  test("DM-04 a change in Source Control is compared with HEAD, a staged one as it is in the index, and what was changed since with that", async () => {
    const { file, git } = repository("compared-in-git");
    writeFile("compared-in-git/flow.pipeline.json", pipeline("after"));
    const compare = async (group: object): Promise<string> => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.commands.executeCommand("flowmason.openVisualDiff", { resourceUri: file, ...group });
      return await comparisonInFront();
    };
    const name = "compared-in-git/flow.pipeline.json";
    assert.equal(await compare({}), `${name} (HEAD) ↔ ${name}`);
    git("add", ".");
    assert.equal(await compare({ resourceGroupType: 1 }), `${name} (HEAD) ↔ ${name} (index)`);
    await stagedIn(file);
    assert.equal(await compare({ resourceGroupType: 2 }), `${name} (index) ↔ ${name}`);
  }).timeout(120_000);

  test("DM-04 what a text diff compares is compared, of Git's too: the file's timeline opens such ones", async () => {
    const { file, git } = repository("compared-as-text");
    const first = git("rev-parse", "HEAD").trim();
    writeFile("compared-as-text/flow.pipeline.json", pipeline("second"));
    git("commit", "--all", "-m", "second");
    const second = git("rev-parse", "HEAD").trim();
    // As the Git extension makes them for an entry of the timeline.
    const at = (ref: string): vscode.Uri =>
      file.with({ scheme: "git", query: JSON.stringify({ path: file.fsPath, ref }) });
    await vscode.commands.executeCommand("vscode.diff", at(first), at(second), "first to second");
    await eventually(
      () => (activeInput() instanceof vscode.TabInputTextDiff ? true : undefined),
      vscode.window.tabGroups.onDidChangeTabs,
      vscode.window.tabGroups.onDidChangeTabGroups,
    );
    await vscode.commands.executeCommand("flowmason.openVisualDiff");
    const name = "compared-as-text/flow.pipeline.json";
    assert.equal(
      await comparisonInFront(),
      `${name} (${first.slice(0, 8)}) ↔ ${name} (${second.slice(0, 8)})`,
    );
  }).timeout(120_000);

  test("DM-04 a file is compared with a branch that is chosen, and with how a run ran it", async () => {
    const { file } = repository("compared-with");
    const name = "compared-with/flow.pipeline.json";
    const chosen = async (command: string): Promise<string> => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      void vscode.commands.executeCommand(command, file);
      // The list takes it as soon as it is there.
      const accepting = setInterval(
        () => void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
        250,
      );
      try {
        return await comparisonInFront();
      } finally {
        clearInterval(accepting);
      }
    };
    assert.equal(await chosen("flowmason.compareWithBranch"), `${name} (main) ↔ ${name}`);
    const extension = vscode.extensions.getExtension("flowmason.flowmason");
    assert.ok(extension);
    const fm = path.join(extension.extensionPath, "dist/node/cli.mjs");
    execFileSync(process.execPath, [fm, "run", name], {
      cwd: workspaceFolder().uri.fsPath,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    });
    assert.match(await chosen("flowmason.compareWithRun"), new RegExp(`^run \\S+ ↔ ${name}$`));
  }).timeout(120_000);
});

/** A repository in a folder of the workspace, with a pipeline that is committed. */
function repository(folder: string): {
  readonly file: vscode.Uri;
  readonly git: (...args: readonly string[]) => string;
} {
  const file = writeFile(`${folder}/flow.pipeline.json`, pipeline("before"));
  const author = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "init.defaultBranch=main",
  ];
  const cwd = vscode.Uri.joinPath(file, "..").fsPath;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...author, ...args], { cwd, encoding: "utf8" });
  git("init");
  git("add", ".");
  git("commit", "-m", "before");
  return { file, git };
}

/** Resolves when VS Code's Git extension has seen that a file is staged. */
async function stagedIn(file: vscode.Uri): Promise<void> {
  interface Repository {
    readonly state: {
      readonly indexChanges: readonly { readonly uri: vscode.Uri }[];
      readonly onDidChange: vscode.Event<void>;
    };
    status(): Promise<void>;
  }
  const extension = vscode.extensions.getExtension<{
    getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
  }>("vscode.git");
  assert.ok(extension);
  const found = (await extension.activate()).getAPI(1).getRepository(file);
  assert.ok(found);
  await found.status();
  await eventually(
    () => found.state.indexChanges.some(({ uri }) => uri.toString() === file.toString()) || undefined,
    found.state.onDidChange,
  );
}
