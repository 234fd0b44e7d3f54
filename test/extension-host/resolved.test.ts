import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleanUp, edit, eventually, readBytes, writeFile } from "./support.ts";

const base = `{
  "name": "resolved-base",
  "stages": [
    { "id": "kept", "component_type": "logger", "config": { "message": "one" } },
    { "id": "changed", "component_type": "logger", "config": { "message": "two" } }
  ]
}
`;

const child = `{
  "name": "resolved-child",
  "extends": "resolved-base",
  "overrides": { "changed": { "config": { "message": "mine" } } }
}
`;

/** The resolved document that is in front, once its text has the words. */
async function resolvedWith(...words: readonly string[]): Promise<vscode.TextDocument> {
  return await eventually(
    () =>
      vscode.window.visibleTextEditors
        .map(({ document }) => document)
        .find(
          (document) =>
            document.uri.scheme === "flowmason-resolved" &&
            words.every((word) => document.getText().includes(word)),
        ),
    vscode.window.onDidChangeVisibleTextEditors,
    (listener) => vscode.workspace.onDidChangeTextDocument(listener),
  );
}

suite("resolved pipelines", () => {
  teardown(cleanUp);

  test("Show Resolved Pipeline shows the child with its parent, follows both, and leads to where a stage is written", async () => {
    const baseUri = writeFile("resolved/base.pipeline.json", base);
    const childUri = writeFile("resolved/child.pipeline.json", child);
    const childDocument = await vscode.workspace.openTextDocument(childUri);
    await vscode.window.showTextDocument(childDocument);
    await vscode.commands.executeCommand("flowmason.showResolvedPipeline");
    const shown = await resolvedWith('"kept"', '"mine"');
    assert.equal(shown.languageId, "flowmason-pipeline");

    const lenses: vscode.CodeLens[] = await vscode.commands.executeCommand(
      "vscode.executeCodeLensProvider",
      shown.uri,
    );
    const [lens] = lenses.filter(({ command }) => command?.title.includes("inherited from"));
    assert.match(lens?.command?.title ?? "", /^inherited from resolved-base \(.*base\.pipeline\.json\)$/);
    assert.match(shown.lineAt((lens?.range.start.line ?? 0) + 1).text, /"kept"/);
    assert.equal(String(lens?.command?.arguments?.[0]), baseUri.toString());

    await edit(childDocument, (text) => text.replace("mine", "yours"));
    await resolvedWith('"yours"');
    const baseDocument = await vscode.workspace.openTextDocument(baseUri);
    await edit(baseDocument, (text) => text.replace('"one"', '"first"'));
    await resolvedWith('"first"', '"yours"');
    assert.equal(readBytes(childUri).toString(), child);
  });

  test("a parent that is missing is told in the document, which comes right when it is there", async () => {
    const uri = writeFile("resolved/orphan.pipeline.json", '{ "name": "orphan", "extends": "not-yet" }');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await vscode.commands.executeCommand("flowmason.showResolvedPipeline");
    await resolvedWith("cannot be resolved", 'no pipeline "not-yet"');
    writeFile("resolved/not-yet.pipeline.json", base.replace("resolved-base", "not-yet"));
    await resolvedWith('"kept"');
  });
});
