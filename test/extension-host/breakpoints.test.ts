import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  cleanUp,
  edit,
  eventually,
  openCanvas,
  openingLine,
  sameFile,
  threeStages,
  writeFile,
} from "./support.ts";

function breakpointsOf(uri: vscode.Uri): readonly vscode.SourceBreakpoint[] {
  return vscode.debug.breakpoints.filter(
    (breakpoint): breakpoint is vscode.SourceBreakpoint =>
      breakpoint instanceof vscode.SourceBreakpoint && sameFile(breakpoint.location.uri, uri),
  );
}

function linesOf(uri: vscode.Uri): readonly number[] {
  return breakpointsOf(uri)
    .map(({ location }) => location.range.start.line)
    .sort((left, right) => left - right);
}

async function linesBecome(uri: vscode.Uri, lines: readonly number[]): Promise<void> {
  await eventually(
    () => (JSON.stringify(linesOf(uri)) === JSON.stringify(lines) ? true : undefined),
    vscode.debug.onDidChangeBreakpoints,
  );
}

function setBreakpoint(uri: vscode.Uri, line0: number, condition?: string): void {
  const location = new vscode.Location(uri, new vscode.Position(line0, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true, condition)]);
}

/** Puts the cursor of a text editor into a stage and presses F9's command. */
async function toggleAt(
  uri: vscode.Uri,
  stage: string,
  command = "flowmason.toggleBreakpoint",
): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri);
  const offset = editor.document.getText().indexOf(`"id": "${stage}"`);
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand(command);
}

function functions(): readonly vscode.FunctionBreakpoint[] {
  return vscode.debug.breakpoints.filter((breakpoint) => breakpoint instanceof vscode.FunctionBreakpoint);
}

async function functionsBecome(names: readonly string[]): Promise<void> {
  const now = (): string =>
    JSON.stringify(
      functions()
        .map(({ functionName }) => functionName)
        .sort(),
    );
  await eventually(
    () => (now() === JSON.stringify(names) ? true : undefined),
    vscode.debug.onDidChangeBreakpoints,
  );
}

const another = `    {
      "id": "zeroth",
      "component_type": "logger"
    },
`;

const withAnother = (text: string): string => text.replace('  "stages": [\n', `  "stages": [\n${another}`);

suite("breakpoints", () => {
  teardown(cleanUp);

  test("DB-01 toggling on a stage adds a breakpoint on its opening line, and toggling again removes it", async () => {
    const uri = writeFile("breakpoints/toggle.pipeline.json", threeStages);
    await toggleAt(uri, "second");
    await linesBecome(uri, [openingLine(threeStages, "second")]);
    await toggleAt(uri, "second");
    await linesBecome(uri, []);
  });

  test("DB-01 a breakpoint on any line of a stage counts for it: toggling removes it", async () => {
    const uri = writeFile("breakpoints/inside.pipeline.json", threeStages);
    setBreakpoint(uri, openingLine(threeStages, "second") + 3);
    await linesBecome(uri, [openingLine(threeStages, "second") + 3]);
    await toggleAt(uri, "second");
    await linesBecome(uri, []);
  });

  test("DB-01 stages that share a line have breakpoints of their own", async () => {
    const text = JSON.stringify(JSON.parse(threeStages)).replaceAll('"id":', '"id": ');
    const uri = writeFile("breakpoints/one-line.pipeline.json", text);
    await toggleAt(uri, "second");
    await toggleAt(uri, "third");
    await linesBecome(uri, [0, 0]);
    const places = breakpointsOf(uri).map(({ location }) =>
      text.slice(location.range.start.character).slice(0, 14),
    );
    assert.deepEqual(places.sort(), ['{"id": "second', '{"id": "third"']);
    await toggleAt(uri, "second");
    await linesBecome(uri, [0]);
  });

  test("DB-02 with only the canvas open, a breakpoint stays with its stage when one is inserted above", async () => {
    const uri = writeFile("breakpoints/canvas.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    setBreakpoint(uri, openingLine(threeStages, "second"), "input.n > 1");
    await linesBecome(uri, [openingLine(threeStages, "second")]);
    await edit(document, withAnother);
    await linesBecome(uri, [openingLine(withAnother(threeStages), "second")]);
    assert.deepEqual(
      breakpointsOf(uri).map(({ condition }) => condition),
      ["input.n > 1"],
    );
  });

  test("DB-04 conditions, hit counts and log messages stay with a breakpoint that follows its stage", async () => {
    const uri = writeFile("breakpoints/terms.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    const location = new vscode.Location(uri, new vscode.Position(openingLine(threeStages, "second"), 0));
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(location, false, "input.n > 1", ">=2", "n is {input.n}"),
    ]);
    await linesBecome(uri, [openingLine(threeStages, "second")]);
    await edit(document, withAnother);
    await linesBecome(uri, [openingLine(withAnother(threeStages), "second")]);
    assert.deepEqual(
      breakpointsOf(uri).map(({ enabled, condition, hitCondition, logMessage }) => [
        ...[enabled, condition, hitCondition, logMessage],
      ]),
      [[false, "input.n > 1", ">=2", "n is {input.n}"]],
    );
  });

  test("DB-03 breakpoints after a stage and on its errors are toggled, and get its new id with all their terms", async () => {
    const uri = writeFile("breakpoints/moments.pipeline.json", threeStages);
    const path = vscode.workspace.asRelativePath(uri, false);
    await toggleAt(uri, "second", "flowmason.toggleBreakpointAfter");
    await toggleAt(uri, "second", "flowmason.toggleBreakpointOnError");
    await functionsBecome([`after:${path}#second`, `error:${path}#second`]);
    await toggleAt(uri, "second", "flowmason.toggleBreakpointOnError");
    await functionsBecome([`after:${path}#second`]);
    const edge = `edge:${path}#first->second`;
    vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint(edge, false, "value.n > 1", "%2")]);
    const document = await vscode.workspace.openTextDocument(uri);
    await edit(document, (text) => text.replaceAll('"second"', '"zweite"'));
    await functionsBecome([`after:${path}#zweite`, `edge:${path}#first->zweite`]);
    const renamed = functions().find(({ functionName }) => functionName.startsWith("edge:"));
    assert.deepEqual(
      [renamed?.enabled, renamed?.condition, renamed?.hitCondition],
      [false, "value.n > 1", "%2"],
    );
  });

  test("DB-02 with the text open, a breakpoint stays with its stage when one is inserted above", async () => {
    const uri = writeFile("breakpoints/text.pipeline.json", threeStages);
    const editor = await vscode.window.showTextDocument(uri);
    setBreakpoint(uri, openingLine(threeStages, "second"));
    await linesBecome(uri, [openingLine(threeStages, "second")]);
    const at = new vscode.Position(openingLine(threeStages, "first"), 0);
    assert.ok(await editor.edit((builder) => builder.insert(at, another)));
    await linesBecome(uri, [openingLine(withAnother(threeStages), "second")]);
  });

  test("DB-02 a breakpoint follows its stage when stages change places", async () => {
    const uri = writeFile("breakpoints/swap.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    setBreakpoint(uri, openingLine(threeStages, "first"));
    await linesBecome(uri, [openingLine(threeStages, "first")]);
    const swap = (text: string): string =>
      text.replace('"first"', '"?"').replace('"third"', '"first"').replace('"?"', '"third"');
    await edit(document, swap);
    await linesBecome(uri, [openingLine(swap(threeStages), "first")]);
  });

  test("DB-02 a breakpoint stays when its stage is renamed", async () => {
    const uri = writeFile("breakpoints/rename.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    const line = openingLine(threeStages, "second");
    setBreakpoint(uri, line);
    await linesBecome(uri, [line]);
    await edit(document, (text) => text.replaceAll('"second"', '"zweite"'));
    await edit(document, withAnother);
    await linesBecome(uri, [line + 4]);
  });

  test("DB-02 a breakpoint finds its stage again in a file that changed while it was closed", async () => {
    const uri = writeFile("breakpoints/closed.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    const line = openingLine(threeStages, "second");
    setBreakpoint(uri, line);
    await linesBecome(uri, [line]);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await eventually(
      () => (document.isClosed ? true : undefined),
      vscode.workspace.onDidCloseTextDocument,
      vscode.window.onDidChangeActiveTextEditor,
    );
    writeFile("breakpoints/closed.pipeline.json", withAnother(threeStages));
    await openCanvas(uri);
    await linesBecome(uri, [line + 4]);
  });

  test("DB-02 a deleted stage takes its breakpoint along, and undo brings both back", async () => {
    const uri = writeFile("breakpoints/delete.pipeline.json", threeStages);
    const document = await openCanvas(uri);
    const line = openingLine(threeStages, "second");
    setBreakpoint(uri, line);
    await linesBecome(uri, [line]);
    const stage = threeStages.slice(
      threeStages.indexOf('    {\n      "id": "second"'),
      threeStages.indexOf('    {\n      "id": "third"'),
    );
    const change = new vscode.WorkspaceEdit();
    const start = document.positionAt(threeStages.indexOf(stage));
    change.delete(
      uri,
      new vscode.Range(start, document.positionAt(threeStages.indexOf(stage) + stage.length)),
    );
    assert.ok(await vscode.workspace.applyEdit(change));
    await linesBecome(uri, []);
    await vscode.commands.executeCommand("undo");
    await linesBecome(uri, [line]);
    assert.equal(document.getText(), threeStages);
  });
});
