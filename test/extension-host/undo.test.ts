import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { canvasInFront, cleanUp, edit, openCanvas, readBytes, threeStages, writeFile } from "./support.ts";

suite("undo", () => {
  teardown(cleanUp);

  test("CE-03 undo and redo unwind changes one by one, whether canvas or text is in front", async () => {
    const uri = writeFile("undo/steps.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    const texts = [threeStages];
    const step = async (change: () => Promise<void>): Promise<void> => {
      await change();
      texts.push(document.getText());
    };
    await step(() => edit(document, (text) => text.replace("one", "uno")));
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
    await step(async () => {
      assert.ok(await editor.edit((builder) => builder.insert(new vscode.Position(1, 0), "  ")));
    });
    await step(() => edit(document, (text) => text.replace("two", "due")));
    assert.equal(new Set(texts).size, 4);

    // The canvas may still be loading, and take the keyboard when it has.
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), texts[2]);
    await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
    await canvasInFront(uri);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), texts[1]);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), texts[0]);
    assert.equal(document.isDirty, false);
    await vscode.commands.executeCommand("redo");
    assert.equal(document.getText(), texts[1]);
    assert.equal(readBytes(uri).toString(), threeStages);
  });

  test("CE-03 revert with the canvas in front brings the file's text back", async () => {
    const uri = writeFile("undo/revert.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    await edit(document, (text) => text.replace("one", "uno"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    assert.equal(document.getText(), threeStages);
    assert.equal(document.isDirty, false);
  });
});
