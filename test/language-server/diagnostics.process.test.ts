import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver/node";
import { checkPipeline } from "#core/checks";
import { builtInProject } from "#core/component-definitions";
import { lineIndex, parsePipeline } from "#core/pipeline";
import { corpusFiles } from "../support/corpus.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr()).toBe("");
});

let opened = 0;
function newUri(scheme = "file"): string {
  opened += 1;
  return scheme === "file" ? `file:///pipelines/p${opened}.pipeline.json` : `${scheme}:Untitled-${opened}`;
}

/** The text that a diagnostic underlines. */
function underlined(text: string, { range }: Diagnostic): string {
  const lines = lineIndex(text);
  return text.slice(
    lines.offsetAt({ line0: range.start.line, character: range.start.character }),
    lines.offsetAt({ line0: range.end.line, character: range.end.character }),
  );
}

function summary(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((diagnostic) => `${String(diagnostic.code)} ${underlined(text, diagnostic)}`);
}

const twoStages = `{
  "name": "p",
  "stages": [
    { "id": "fetch", "component_type": "http_request", "config": { "url": "https://example.org" } },
    { "id": "log", "component_type": "logger", "config": { "message": "{{ upstream.fetch.body }}" }, "depends_on": ["fetch"] }
  ]
}
`;

test("the server says what it can do, and no more", () => {
  const files = ["**/*.json", "**/*.{ts,js,mts,mjs}"].map((glob) => ({
    scheme: "file",
    pattern: { glob, matches: "file" },
  }));
  const told = { filters: files };
  expect(client.introduction).toEqual({
    capabilities: {
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: 2 },
      completionProvider: { triggerCharacters: ['"'] },
      hoverProvider: true,
      documentFormattingProvider: true,
      renameProvider: { prepareProvider: true },
      codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite"], resolveProvider: true },
      workspace: { fileOperations: { didCreate: told, didRename: told, didDelete: told } },
    },
    serverInfo: { name: "FlowMason" },
  });
});

describe("LS-01 problems with exact ranges, while typing", () => {
  test("a sound pipeline has none", async () => {
    const uri = newUri();
    client.open(uri, twoStages);
    expect(await client.diagnostics(uri, 1)).toEqual([]);
  });

  test("a problem comes with an edit and goes with the next, its version told", async () => {
    const uri = newUri();
    client.open(uri, twoStages);
    const line = 4;
    const start = twoStages.split("\n")[line]?.indexOf("fetch.body") ?? 0;
    const range = { start: { line, character: start }, end: { line, character: start + 5 } };
    client.change(uri, 2, [{ range, text: "fetsch" }]);
    const broken = await client.diagnostics(uri, 2);
    expect(broken).toEqual([
      {
        range: { start: range.start, end: { line, character: start + 6 } },
        severity: 1,
        code: "FM1203",
        codeDescription: { href: expect.stringMatching(/^file:.*\/docs\/checks\.md#fm1203-unknown-stage$/) },
        source: "flowmason",
        message: 'There is no stage "fetsch". Did you mean "fetch"?',
      },
    ]);
    client.change(uri, 3, [
      { range: { start: range.start, end: { line, character: start + 6 } }, text: "fetch" },
    ]);
    expect(await client.diagnostics(uri, 3)).toEqual([]);
  });

  test("typing a stage character by character ends as opening the whole does, and says in between what is wrong", async () => {
    const uri = newUri();
    const before = '{ "stages": [';
    client.open(uri, before);
    expect((await client.diagnostics(uri, 1)).map(({ code }) => code)).toContain("FM1001");
    let text = before;
    const typed = '\n  { "id": "a😀", "component_type": "loger", "config": {} }\n] }';
    for (const character of typed.split("")) {
      const at = lineIndex(text).positionAt(text.length);
      const position = { line: at.line0, character: at.character };
      text += character;
      client.change(uri, text.length, [{ range: { start: position, end: position }, text: character }]);
    }
    const last = await client.diagnostics(uri, text.length);
    expect(summary(text, last)).toEqual(['FM1010 "a😀"', 'FM1101 "loger"']);
  });

  test("several changes at once, each relative to the text after the one before, and a change of the whole text", async () => {
    const uri = newUri();
    client.open(uri, "{\n}\n");
    const zero = { line: 0, character: 0 };
    client.change(uri, 2, [
      {
        range: { start: { line: 0, character: 1 }, end: { line: 1, character: 0 } },
        text: '\r\n"stages": [],\r\n',
      },
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        text: '"output_stage_id": "x", ',
      },
      { range: { start: zero, end: zero }, text: "// é\n" },
    ]);
    const text = '// é\n{\r\n"output_stage_id": "x", "stages": [],\r\n}\n';
    expect(summary(text, await client.diagnostics(uri, 2))).toEqual(['FM1219 "x"', "FM1002 ,"]);
    client.change(uri, 3, [{ text: twoStages }]);
    expect(await client.diagnostics(uri, 3)).toEqual([]);
  });

  test("500 stages: the same problems as a check of the whole text, after each of many edits", async () => {
    const uri = newUri();
    let text = manyStages(500);
    client.open(uri, text);
    const places = [10, 250, 499];
    let version = 1;
    for (const stage of places) {
      const offset = text.indexOf(`upstream.s${stage - 1}.`) + "upstream.".length;
      const position = lineIndex(text).positionAt(offset);
      const at = { line: position.line0, character: position.character };
      text = `${text.slice(0, offset)}x${text.slice(offset)}`;
      version += 1;
      client.change(uri, version, [{ range: { start: at, end: at }, text: "x" }]);
      const diagnostics = await client.diagnostics(uri, version);
      const expected = checkPipeline(parsePipeline(text)).problems.map(
        ({ code, span }) => `${code} ${text.slice(span.start, span.end)}`,
      );
      expect(summary(text, diagnostics)).toEqual(expected);
      expect(diagnostics).toHaveLength(places.indexOf(stage) + 1);
    }
  });

  test("it finds what `fm validate` finds, in every real file", async () => {
    for (const { text } of corpusFiles()) {
      const uri = newUri();
      client.open(uri, text);
      const expected = checkPipeline(parsePipeline(text), {
        project: builtInProject,
        path: "p.pipeline.json",
      }).problems.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
      expect(summary(text, await client.diagnostics(uri, 1))).toEqual(expected);
    }
  });
});

describe("LS-02 problems of the graph", () => {
  const cycle = `{ "stages": [
    { "id": "a", "component_type": "logger", "config": { "message": "x" }, "depends_on": ["b"] },
    { "id": "b", "component_type": "logger", "config": { "message": "x" }, "depends_on": ["a"] },
    { "id": "b", "component_type": "logger", "config": { "message": "{{ upstream.nope }}" } }
  ] }`;

  test("a cycle with its path as related information, an unknown reference, a duplicate id", async () => {
    const uri = newUri();
    client.open(uri, cycle);
    const diagnostics = await client.diagnostics(uri, 1);
    expect(summary(cycle, diagnostics)).toEqual(['FM1213 "b"', 'FM1011 "b"', "FM1203 nope"]);
    expect(
      diagnostics[0]?.relatedInformation?.map(({ message, location }) => [
        message,
        location.uri,
        location.range.start.line,
      ]),
    ).toEqual([
      ['"a" waits for "b"', uri, 1],
      ['"b" waits for "a"', uri, 2],
    ]);
  });

  test("related information only for clients that take it", async () => {
    const plain = await startClient("node-ipc", { relatedInformation: false });
    const uri = newUri();
    plain.open(uri, cycle);
    const diagnostics = await plain.diagnostics(uri, 1);
    expect(diagnostics.map(({ code }) => code)).toContain("FM1213");
    expect(diagnostics.some((diagnostic) => diagnostic.relatedInformation !== undefined)).toBe(false);
    expect(await plain.stop()).toBe(0);
  });

  test("an output that nobody uses is faded", async () => {
    const uri = newUri();
    const text =
      '{ "output_stage_id": "b", "stages": [{ "id": "a", "component_type": "generator", "config": { "prompt": "x" } }, { "id": "b", "component_type": "logger", "config": { "message": "x" } }] }';
    client.open(uri, text);
    const [diagnostic] = await client.diagnostics(uri, 1);
    expect(diagnostic).toMatchObject({ code: "FM1218", severity: 4, tags: [1] });
  });
});

test("`fm lsp` is the same server", async () => {
  const other = await startClient("fm lsp");
  expect(other.introduction).toEqual(client.introduction);
  const uri = newUri();
  other.open(uri, "[]");
  expect((await other.diagnostics(uri, 1)).map(({ code }) => code)).toEqual(["FM1005"]);
  expect(await other.stop()).toBe(0);
});

describe("texts", () => {
  test("of any scheme, each with its own problems; closing one takes its problems away", async () => {
    const [one, other] = [newUri("untitled"), newUri("git")];
    client.open(one, '{ "stages": [1] }');
    client.open(other, twoStages);
    expect((await client.diagnostics(one, 1)).map(({ code }) => code)).toEqual(["FM1005"]);
    expect(await client.diagnostics(other, 1)).toEqual([]);
    client.close(one);
    await client.settled();
    expect(client.published.findLast(({ uri }) => uri === one)?.diagnostics).toEqual([]);
    expect(client.published.filter(({ uri }) => uri === other)).toHaveLength(1);
  });

  test("of a file that is on no path of this machine", async () => {
    const uri = "file:///a%2Fb.pipeline.json";
    client.open(uri, "[]");
    expect((await client.diagnostics(uri, 1)).map(({ code }) => code)).toEqual(["FM1005"]);
  });

  test("that are closed at once leave nothing behind", async () => {
    const uri = newUri();
    client.open(uri, "{");
    client.close(uri);
    await client.settled();
    expect(client.published.findLast((params) => params.uri === uri)?.diagnostics).toEqual([]);
  });

  test("of other languages are left alone, whatever they are called a pipeline file is one", async () => {
    const [other, named] = [newUri("untitled"), newUri()];
    client.open(other, "{", "json");
    client.open(named, "[]", "json");
    expect((await client.diagnostics(named, 1)).map(({ code }) => code)).toEqual(["FM1005"]);
    client.change(other, 2, [{ text: "[" }]);
    client.close(other);
    await client.settled();
    expect(client.published.filter(({ uri }) => uri === other)).toEqual([]);
  });
});

/** A chain in which each stage reads the one before. */
function manyStages(count: number): string {
  const stages = Array.from({ length: count }, (_, i) =>
    i === 0
      ? { id: "s0", component_type: "generator", config: { prompt: "Begin." } }
      : {
          id: `s${i}`,
          component_type: "generator",
          depends_on: [`s${i - 1}`],
          config: { prompt: `Go on from {{ upstream.s${i - 1}.content }} in "quotes".` },
        },
  );
  return JSON.stringify({ name: "many", stages }, null, 2);
}
