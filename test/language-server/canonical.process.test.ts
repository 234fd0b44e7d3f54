import { expect, test } from "vitest";
import {
  CodeActionKind,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Diagnostic,
  DocumentFormattingRequest,
  type TextEdit,
} from "vscode-languageserver/node";
import { applyTextEdits, lineIndex } from "#core/pipeline";
import { startClient } from "./client.ts";

const uri = "file:///project/a.pipeline.json";
const older = `{
  "name": "a", // for the canvas
  "stages": {
    "say": { "component": "logger", "config": { "message": "m" } }
  },
  "output_stage": "say"
}
`;
const canonical = `{
  "name": "a", // for the canvas
  "stages": [
    { "id": "say", "component_type": "logger", "config": { "message": "m" } }
  ],
  "output_stage_id": "say"
}
`;

test("a file in an older dialect has one hint, whose fix writes the canonical form", async () => {
  const client = await startClient("stdio");
  client.open(uri, older);
  const hints = olderSpelling(await client.diagnostics(uri, 1));
  expect(hints).toMatchObject([{ code: "FM1190", severity: 4, range: { start: { line: 2, character: 2 } } }]);
  const actions = await client.request(CodeActionRequest.type, {
    textDocument: { uri },
    range: hints[0]?.range ?? nowhere,
    context: { diagnostics: [...hints], only: [CodeActionKind.QuickFix] },
  });
  expect(actions).toMatchObject([
    { title: "Convert to canonical form", kind: "quickfix", diagnostics: hints },
  ]);
  expect(applied(older, actions?.[0])).toBe(canonical);

  client.change(uri, 2, [{ text: canonical }]);
  expect(olderSpelling(await client.diagnostics(uri, 2))).toEqual([]);
  const none = await client.request(CodeActionRequest.type, anywhere);
  expect(none).toEqual([]);
  await client.stop();
});

test("anywhere in the file it is a rewriting, worked out when it is chosen where the client can wait", async () => {
  const client = await startClient("stdio", {
    relatedInformation: true,
    codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true, disabledSupport: true },
  });
  expect(client.introduction.capabilities.codeActionProvider).toEqual({
    codeActionKinds: ["quickfix", "refactor.rewrite"],
    resolveProvider: true,
  });
  client.open(uri, older);
  const [action] = (await client.request(CodeActionRequest.type, anywhere)) ?? [];
  if (action === undefined || !("kind" in action)) throw new Error("There is no action.");
  expect(action).toMatchObject({ title: "Convert to canonical form", kind: "refactor.rewrite" });
  expect(action.edit).toBeUndefined();
  expect(applied(older, await client.request(CodeActionResolveRequest.type, action))).toBe(canonical);
  await client.stop();
});

test("a file with an error says why it cannot be rewritten", async () => {
  const client = await startClient("stdio", {
    relatedInformation: true,
    codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true, disabledSupport: true },
  });
  client.open(uri, older.replace('"component": "logger"', '"component": 7'));
  expect(await client.request(CodeActionRequest.type, anywhere)).toMatchObject([
    { disabled: { reason: expect.stringContaining('"component" must be text') } },
  ]);
  await client.stop();
});

test("formatting puts a file in order in its own dialect, and touches only lines that change", async () => {
  const client = await startClient("stdio");
  expect(client.introduction.capabilities.documentFormattingProvider).toBe(true);
  const untidy = older.replace('    "say"', '\t"say"');
  client.open(uri, untidy);
  const edits = await client.request(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options: { tabSize: 8, insertSpaces: false },
  });
  expect(edits).toHaveLength(1);
  expect(edits?.[0]?.range.start.line).toBe(3);
  expect(appliedEdits(untidy, edits ?? [])).toBe(older);
  client.change(uri, 2, [{ text: older }]);
  const none = await client.request(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options: { tabSize: 8, insertSpaces: false },
  });
  expect(none).toEqual([]);
  client.change(uri, 3, [{ text: "{" }]);
  const broken = await client.request(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options: { tabSize: 8, insertSpaces: false },
  });
  expect(broken).toEqual([]);
  await client.stop();
});

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const anywhere = { textDocument: { uri }, range: nowhere, context: { diagnostics: [] } };

function olderSpelling(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => code === "FM1190");
}

function applied(text: string, action: unknown): string {
  // The tests before have seen what kind of action it is.
  const { edit } = action as { edit: { changes: Record<string, TextEdit[]> } };
  return appliedEdits(text, edit.changes[uri] ?? []);
}

function appliedEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = lineIndex(text);
  const offsetAt = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    lines.offsetAt({ line0: line, character });
  return applyTextEdits(
    text,
    edits.map(({ range, newText }) => {
      const offset = offsetAt(range.start);
      return { offset, length: offsetAt(range.end) - offset, text: newText };
    }),
  );
}
