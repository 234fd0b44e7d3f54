import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  activeInput,
  canvasInFront,
  cleanUp,
  edit,
  eventually,
  openCanvas,
  readBytes,
  threeStages,
  writeFile,
} from "./support.ts";

const bom = "\uFEFF";

const fixtures: Readonly<Record<string, string>> = {
  "two spaces": threeStages,
  "three spaces": threeStages.replaceAll("  ", "   "),
  tabs: threeStages.replaceAll("  ", "\t"),
  "no line feed at the end": threeStages.trimEnd(),
  "empty lines at the end": `${threeStages}\n\n`,
  CRLF: threeStages.replaceAll("\n", "\r\n"),
  "mixed line endings": threeStages.replace("\n", "\r\n"),
  "a byte order mark": bom + threeStages,
  comments: threeStages.replace("{\n", "{\n  // why\n  /* and how */\n"),
  "one line": JSON.stringify(JSON.parse(threeStages)),
  "trailing blanks and odd spacing": threeStages.replaceAll(",\n", " ,  \n"),
  "broken JSON": threeStages.slice(0, -10),
  "an empty file": "",
};

suite("opening", () => {
  teardown(cleanUp);

  for (const [name, text] of Object.entries(fixtures)) {
    test(`CE-01 opening a file on the canvas and closing it leaves its bytes: ${name}`, async () => {
      const uri = writeFile(`opening/${name.replaceAll(" ", "-")}.pipeline.json`, text);
      const before = readBytes(uri);
      const document = await openCanvas(uri);
      assert.equal(document.isDirty, false);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      assert.deepEqual(readBytes(uri), before);
    });
  }

  test("CE-01 saving an untouched file from the canvas leaves its bytes", async () => {
    const text = threeStages.replaceAll("  ", "\t").replaceAll("\n", "\r\n").trimEnd();
    const uri = writeFile("opening/saved.pipeline.json", bom + text);
    const before = readBytes(uri);
    await openCanvas(uri);
    await vscode.commands.executeCommand("workbench.action.files.save");
    assert.deepEqual(readBytes(uri), before);
  });

  test("CE-01 a pipeline file opens on the canvas by itself, in our language", async () => {
    const uri = writeFile("opening/plain.pipeline.json", threeStages);
    await vscode.commands.executeCommand("vscode.open", uri);
    await canvasInFront(uri);
    assert.equal((await vscode.workspace.openTextDocument(uri)).languageId, "flowmason-pipeline");
  });

  test("CE-16 Open as Text shows the text in the canvas's place, and Open as Pipeline the canvas again", async () => {
    const uri = writeFile("opening/back-and-forth.pipeline.json", threeStages);
    await openCanvas(uri);
    await vscode.commands.executeCommand("flowmason.openAsText");
    await eventually(
      () => (activeInput() instanceof vscode.TabInputText ? true : undefined),
      vscode.window.tabGroups.onDidChangeTabs,
    );
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
    await vscode.commands.executeCommand("flowmason.openAsPipeline");
    await canvasInFront(uri);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  test("CE-16 Open as Text keeps unsaved changes", async () => {
    const uri = writeFile("opening/unsaved.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    await edit(document, (text) => text.replace("one", "uno"));
    assert.equal(document.isDirty, true);
    await vscode.commands.executeCommand("flowmason.openAsText");
    const editor = await eventually(
      () => vscode.window.activeTextEditor,
      vscode.window.onDidChangeActiveTextEditor,
    );
    assert.ok(editor.document.getText().includes("uno"));
    assert.equal(editor.document.isDirty, true);
    assert.equal(readBytes(uri).toString(), threeStages);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  test("CE-16 a diff of two pipelines is a diff of text", async () => {
    const left = writeFile("opening/left.pipeline.json", threeStages);
    const right = writeFile("opening/right.pipeline.json", threeStages.replace("one", "uno"));
    await vscode.commands.executeCommand("vscode.diff", left, right);
    const input = await eventually(
      () => (activeInput() instanceof vscode.TabInputTextDiff ? true : undefined),
      vscode.window.tabGroups.onDidChangeTabs,
    );
    assert.ok(input);
  });

  test("CE-16 a pipeline of another commit or a review opens as text", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("review", {
      provideTextDocumentContent: () => threeStages,
    });
    try {
      await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse("review:/a/old.pipeline.json"));
      await eventually(
        () => (activeInput() instanceof vscode.TabInputText ? true : undefined),
        vscode.window.tabGroups.onDidChangeTabs,
      );
    } finally {
      provider.dispose();
    }
  });

  test("Open as Pipeline takes any JSON file: the canvas, our language, the same bytes", async () => {
    const uri = writeFile("opening/any.json", threeStages);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, "json");
    await vscode.commands.executeCommand("flowmason.openAsPipeline", uri);
    await canvasInFront(uri);
    const bound = await eventually(
      () =>
        vscode.workspace.textDocuments.find(
          ({ uri: { fsPath }, languageId }) => fsPath === uri.fsPath && languageId === "flowmason-pipeline",
        ),
      vscode.workspace.onDidOpenTextDocument,
    );
    assert.equal(bound.isDirty, false);
    assert.equal(readBytes(uri).toString(), threeStages);
  });
});
