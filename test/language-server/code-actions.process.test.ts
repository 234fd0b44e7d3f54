import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  type Diagnostic,
  type TextEdit,
} from "vscode-languageserver/node";
import { applyTextEdits, lineIndex } from "#core/pipeline";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

let opened = 0;

/** Opens a text and asks for the fixes at each of its diagnostics. */
async function fixesOf(text: string): Promise<{
  readonly uri: string;
  readonly fixes: readonly { diagnostic: Diagnostic; action: CodeAction }[];
}> {
  const uri = `untitled:Untitled-${++opened}`;
  client.open(uri, text);
  const fixes: { diagnostic: Diagnostic; action: CodeAction }[] = [];
  for (const diagnostic of await client.diagnostics(uri, 1)) {
    for (const action of await ask(uri, diagnostic)) fixes.push({ diagnostic, action });
  }
  return { uri, fixes };
}

async function ask(
  uri: string,
  diagnostic: Diagnostic,
  only?: readonly string[],
): Promise<readonly CodeAction[]> {
  const answer = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic], ...(only === undefined ? {} : { only: [...only] }) },
  });
  return (answer ?? []).flatMap((each) => ("edit" in each ? [each] : []));
}

/** The text after an action, as an editor applies it. */
function applied(text: string, { edit }: CodeAction): string {
  const lines = lineIndex(text);
  const edits = edit?.documentChanges?.flatMap((change) => ("edits" in change ? change.edits : [])) ?? [];
  return applyTextEdits(
    text,
    // Ours are all plain edits.
    (edits as TextEdit[]).map(({ range, newText }) => {
      const offset = lines.offsetAt({ line0: range.start.line, character: range.start.character });
      const end = lines.offsetAt({ line0: range.end.line, character: range.end.character });
      return { offset, length: end - offset, text: newText };
    }),
  );
}

const text = `{
  "output_stage_id": "log",
  "stages": [
    { "id": "fetch", "component_type": "http_request", "config": { "url": "https://example.org", "metod": "GET" } },
    { "id": "ask", "component_type": "generator" },
    { "id": "log", "component_type": "loger", "config": { "message": "😀 {{ upstream.fetsch.body }} {{ upstream.fetch.body }}" } }
  ]
}`;

describe("LS-08 quick fixes", () => {
  test("are offered at their problems, say what they do, and leave no new diagnostics", async () => {
    const { uri, fixes } = await fixesOf(text);
    expect(fixes.map(({ diagnostic, action }) => `${diagnostic.code}: ${action.title}`)).toEqual([
      "FM1105: Change to method",
      'FM1218: Remove the stage "ask"',
      'FM1106: Add "prompt" to config',
      "FM1101: Change to logger",
      "FM1203: Change to fetch",
      'FM1214: Add "fetch" to depends_on (changes no run)',
    ]);
    for (const { action, diagnostic } of fixes) expect(action.diagnostics).toEqual([diagnostic]);
    const before = (await client.diagnostics(uri, 1)).map(({ code }) => String(code));
    for (const [index, { diagnostic, action }] of fixes.entries()) {
      const after = `untitled:Fixed-${index}`;
      client.open(after, applied(text, action));
      const left = (await client.diagnostics(after, 1)).map(({ code }) => String(code));
      expect(left, action.title).not.toContain(diagnostic.code);
      expect(
        left.filter((code) => !before.includes(code)),
        action.title,
      ).toEqual([]);
    }
  });

  test("one that can change a run says so", async () => {
    const { fixes } = await fixesOf(text.replace('"id": "log",', '"id": "log", "depends_on": ["ask"],'));
    expect(fixes.map(({ action }) => action.title)).toContain(
      'Add "fetch" to depends_on (can change a run: the trigger rule counts it then)',
    );
  });

  test("are of the text as it is now, with its version", async () => {
    const { uri } = await fixesOf(text);
    const [diagnostic] = await client.diagnostics(uri, 1);
    if (diagnostic === undefined) throw new Error("There is one.");
    const start = { line: 0, character: 0 };
    client.change(uri, 2, [{ range: { start, end: start }, text: " " }]);
    const [action] = await ask(uri, diagnostic);
    expect(action?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 2 } }]);
    client.change(uri, 3, [{ text: "{" }]);
    expect(await ask(uri, diagnostic)).toEqual([]);
  });

  test("only where quick fixes are asked for, and none elsewhere", async () => {
    const { uri } = await fixesOf(text);
    const [diagnostic] = await client.diagnostics(uri, 1);
    if (diagnostic === undefined) throw new Error("There is one.");
    expect(await ask(uri, diagnostic, ["refactor"])).toEqual([]);
    expect(await ask(uri, diagnostic, ["quickfix"])).toHaveLength(1);
    const nowhere = { start: { line: 7, character: 0 }, end: { line: 7, character: 0 } };
    expect(await ask(uri, { ...diagnostic, range: nowhere })).toEqual([]);
    expect(await ask("untitled:never-opened", diagnostic)).toEqual([]);
  });

  test("are announced", () => {
    expect(client.introduction.capabilities.codeActionProvider).toMatchObject({
      codeActionKinds: expect.arrayContaining(["quickfix"]),
    });
  });
});
