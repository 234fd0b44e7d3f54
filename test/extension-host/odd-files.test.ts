import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import {
  canvasInFront,
  cleanUp,
  edit,
  eventually,
  openCanvas,
  openingLine,
  threeStages,
  writeFile,
} from "./support.ts";

const allTabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);

suite("odd files", () => {
  teardown(cleanUp);

  test("a file that is renamed while it is open stays on the canvas, under its new name", async () => {
    const uri = writeFile("odd/before.pipeline.json", threeStages);
    const renamed = vscode.Uri.joinPath(uri, "../after.pipeline.json");
    await openCanvas(uri);
    const change = new vscode.WorkspaceEdit();
    change.renameFile(uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(change));
    await canvasInFront(renamed);
    const document = await vscode.workspace.openTextDocument(renamed);
    await edit(document, (text) => text.replace("one", "uno"));
    await document.save();
    assert.equal(allTabs().length, 1);
  });

  test("a file that is deleted while it is open takes its canvas along", async () => {
    const uri = writeFile("odd/gone.pipeline.json", threeStages);
    await openCanvas(uri);
    const change = new vscode.WorkspaceEdit();
    change.deleteFile(uri);
    assert.ok(await vscode.workspace.applyEdit(change));
    await eventually(
      () => (allTabs().length === 0 ? true : undefined),
      vscode.window.tabGroups.onDidChangeTabs,
    );
    await openCanvas(writeFile("odd/next.pipeline.json", threeStages));
  });

  test("a text without a file opens on the canvas, and is not run", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "flowmason-pipeline",
      content: threeStages,
    });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("flowmason.openAsPipeline");
    await canvasInFront(document.uri);
    let started = 0;
    const subscription = vscode.debug.onDidStartDebugSession(() => started++);
    await vscode.commands.executeCommand("flowmason.debugPipeline");
    subscription.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    assert.equal(started, 0);
  });

  test("a file outside the workspace opens, and runs in its own folder", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "fm-outside-"));
    try {
      const uri = vscode.Uri.file(path.join(folder, "outside.pipeline.json"));
      writeFileSync(uri.fsPath, threeStages);
      await openCanvas(uri);
      let ended: vscode.DebugSession | undefined;
      const end = new vscode.EventEmitter<void>();
      const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
        ended = session;
        end.fire();
      });
      await vscode.commands.executeCommand("flowmason.runPipeline");
      const { configuration } = await eventually(() => ended, end.event);
      subscription.dispose();
      assert.equal(configuration["pipeline"], uri.fsPath);
      assert.equal(configuration["cwd"], folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("two canvases of one file: breakpoints and text are the same, and closing one leaves the other", async () => {
    const uri = writeFile("odd/twice.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    await vscode.commands.executeCommand(
      "vscode.openWith",
      uri,
      "flowmason.canvas",
      vscode.ViewColumn.Beside,
    );
    await eventually(
      () => (allTabs().length === 2 ? true : undefined),
      vscode.window.tabGroups.onDidChangeTabs,
    );
    await edit(document, (text) => text.replace("one", "uno"));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await canvasInFront(uri);
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(
        new vscode.Location(uri, new vscode.Position(openingLine(threeStages, "second"), 0)),
      ),
    ]);
    await edit(document, (text) => text.replace('"id": "three",', '"id": "three",\n  "name": "Three",'));
    await eventually(
      () =>
        vscode.debug.breakpoints.some(
          (breakpoint) =>
            breakpoint instanceof vscode.SourceBreakpoint &&
            breakpoint.location.range.start.line === openingLine(threeStages, "second") + 1,
        )
          ? true
          : undefined,
      vscode.debug.onDidChangeBreakpoints,
    );
  });
});
