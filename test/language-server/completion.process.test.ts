import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CompletionItem } from "vscode-languageserver/node";
import { componentDefinitions } from "#core/component-definitions";
import { applyTextEdits, lineIndex, PROVIDER_NAMES } from "#core/pipeline";
import { componentProject } from "../support/component-project.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

let opened = 0;

/** Opens the text without its `|`, which is where the cursor is. */
async function at<T>(
  source: string,
  ask: (uri: string, position: { line: number; character: number }) => Promise<T>,
): Promise<{ readonly text: string; readonly answer: T }> {
  const offset = source.indexOf("|");
  const text = source.replace("|", "");
  const { line0, character } = lineIndex(text).positionAt(offset);
  opened += 1;
  const uri = `untitled:completion-${opened}.pipeline.json`;
  client.open(uri, text);
  return { text, answer: await ask(uri, { line: line0, character }) };
}

async function offered(source: string): Promise<readonly string[]> {
  return (await at(source, client.completion)).answer.map(({ label }) => label);
}

/** The text after the item of that label is taken. */
async function taking(source: string, label: string): Promise<string> {
  const { text, answer } = await at(source, client.completion);
  const edit = answer.find((item: CompletionItem) => item.label === label)?.textEdit;
  if (edit === undefined || !("range" in edit)) throw new Error(`${label} is not offered.`);
  const lines = lineIndex(text);
  const offsetOf = ({ line, character }: { line: number; character: number }): number =>
    lines.offsetAt({ line0: line, character });
  const offset = offsetOf(edit.range.start);
  return applyTextEdits(text, [{ offset, length: offsetOf(edit.range.end) - offset, text: edit.newText }]);
}

function stage(rest: string): string {
  return `{ "name": "p", "stages": [\n  { "id": "a", ${rest} }\n] }`;
}

const types = [...componentDefinitions.values()].map(({ type }) => type);

describe("LS-03 component types", () => {
  test.each([
    stage('"component_type": "|"'),
    stage('"component_type": "gen|"'),
    stage('"component_type": "gen|'),
    '{ "stages": [ { "id": "a", "component_type": "|',
    stage('"component": "|"'),
    stage('"type": "|"'),
    '{ "stages": { "a": { "component": "|" } } }',
  ])("%s", async (source) => {
    expect(await offered(source)).toEqual(types);
  });

  test("in the spelling that was begun, in place of the whole word", async () => {
    expect(await taking(stage('"component_type": "http-|req"'), "http-request")).toBe(
      stage('"component_type": "http-request"'),
    );
    expect(await taking(stage('"component_type": "gen|, "name": "x"'), "generator")).toBe(
      stage('"component_type": "generator", "name": "x"'),
    );
  });

  test.each([
    '{ "input_schema": { "type": "|" } }',
    '{ "name": "|" }',
    stage('"component_type": "json_transform", "config": { "mapping": { "type": "|" } }'),
    stage('"id": "|"'),
    "|",
  ])("nowhere else: %s", async (source) => {
    expect(await offered(source)).toEqual([]);
  });
});

describe("keys and values of a stage's inputs", () => {
  test("keys that are not there yet", async () => {
    const fields = Object.keys(componentDefinitions.get("logger")?.input.shape ?? {});
    expect(fields).toContain("message");
    expect(await offered(stage('"component_type": "logger", "config": { | }'))).toEqual(fields);
    expect(await offered(stage('"component_type": "logger", "config": { "message": "x", "|" }'))).toEqual(
      fields.filter((field) => field !== "message"),
    );
    expect(
      await offered(stage('"component_type": "http_request", "config": { "query_params": {}, "|": 1 }')),
    ).not.toContain("params");
    expect(await offered('{ "stages": { "a": { "component": "logger", "inputs": { "| } } } }')).toContain(
      "level",
    );
    expect(
      await offered('{ "stages": [ { "id": "a", "component_type": "logger", "config": { "mes|'),
    ).toContain("message");
  });

  test("a key comes with its colon where there is none", async () => {
    expect(await taking(stage('"component_type": "logger", "config": { "le|" }'), "level")).toBe(
      stage('"component_type": "logger", "config": { "level":  }'),
    );
    expect(await taking(stage('"component_type": "logger", "config": { "le|": "info" }'), "level")).toBe(
      stage('"component_type": "logger", "config": { "level": "info" }'),
    );
  });

  test("values of a choice, and of what is true or false", async () => {
    const levels = ["debug", "info", "warning", "error"];
    expect(await offered(stage('"component_type": "logger", "config": { "level": "|" }'))).toEqual(levels);
    expect(await offered(stage('"component_type": "logger", "config": { "level": | }'))).toEqual(levels);
    expect(await taking(stage('"component_type": "logger", "config": { "level": "in|fo" }'), "warning")).toBe(
      stage('"component_type": "logger", "config": { "level": "warning" }'),
    );
    expect(await taking(stage('"component_type": "foreach", "config": { "parallel": t| }'), "true")).toBe(
      stage('"component_type": "foreach", "config": { "parallel": true }'),
    );
  });

  test("providers of models, those of the project's manifest too", async () => {
    expect(await offered(stage('"component_type": "generator", "config": { "provider": "|" }'))).toEqual(
      PROVIDER_NAMES,
    );
    const source = stage('"component_type": "critic", "config": { "provider": "te" }');
    const folder = await componentProject({
      "flowmason.json":
        '{ "name": "p", "providers": { "default": "team", "team": { "model": "m" }, "groq": {} } }',
      "p.pipeline.json": source,
    });
    const uri = pathToFileURL(join(folder, "p.pipeline.json")).href;
    client.open(uri, source);
    await client.diagnosticsWhen(uri, () => true);
    const { line0, character } = lineIndex(source).positionAt(source.indexOf('te" }'));
    const items = await client.completion(uri, { line: line0, character });
    expect(items.map(({ label }) => label)).toEqual([...PROVIDER_NAMES, "team"]);
  });

  test("nothing within a value, or for a component that is unknown", async () => {
    expect(
      await offered(stage('"component_type": "json_transform", "config": { "mapping": { "|" } }')),
    ).toEqual([]);
    expect(await offered(stage('"component_type": "nope", "config": { "|" }'))).toEqual([]);
  });
});

describe("hover", () => {
  const told = async (source: string): Promise<string> => {
    const { answer } = await at(source, client.hover);
    return JSON.stringify(answer?.contents ?? null);
  };

  test("tells of the component, and of its fields", async () => {
    const component = await told(stage('"component_type": "htt|p-request", "config": {}'));
    expect(component).toContain("**HTTP request** `http_request` 1.0.0");
    expect(component).toContain("`status_code`: The HTTP status.");
    const field = await told(stage('"component_type": "http_request", "config": { "time|out": 3 }'));
    expect(field).toContain("`timeout` (number, default `30`)");
    expect(
      await told(stage('"component_type": "http_request", "config": { "query_|params": {} }')),
    ).toContain("`params`");
  });

  test("and of nothing else", async () => {
    expect(await told(stage('"component_type": "logger", "name": "x|"'))).toBe("null");
    expect(await told(stage('"component_type": "no|pe"'))).toBe("null");
    expect(await told('{ "na|me": "p" }')).toBe("null");
  });
});
