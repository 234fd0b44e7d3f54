import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, eventually, openCanvas, threeStages, writeFile } from "./support.ts";

const EXTENSION_ID = "flowmason.flowmason";

suite("commands", () => {
  teardown(cleanUp);

  test("every contributed command is there once the extension is active", async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension);
    await openCanvas(writeFile("commands/a.pipeline.json", threeStages));
    assert.equal(extension.isActive, true);
    const manifest: { contributes: { commands: readonly { command: string }[] } } = extension.packageJSON;
    const there = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).filter((id) => !there.has(id)),
      [],
    );
  });

  test("CE-14 Show Stage in Text needs a stage, says so, and opens nothing", async () => {
    await openCanvas(writeFile("commands/b.pipeline.json", threeStages));
    await vscode.commands.executeCommand("flowmason.showStageInText");
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  test("Show Log shows our log", async () => {
    await vscode.commands.executeCommand("flowmason.showLog");
    const shown = await eventually(
      () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === "output"),
      vscode.window.onDidChangeVisibleTextEditors,
    );
    assert.match(shown.document.uri.path, /FlowMason/);
  });
});
