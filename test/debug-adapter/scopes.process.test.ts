import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { startOpenAiServer } from "../support/openai-server.ts";
import { startAdapter } from "./support/adapter-process.ts";
import { workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

/** Each scope of the innermost frame with its rows, one level deep. */
async function scopesAt(client: DebugClient): Promise<Record<string, Record<string, string>>> {
  const frameId = await frameAt(client);
  const { body } = await client.scopesRequest({ frameId });
  const scopes: Record<string, Record<string, string>> = {};
  for (const { name, variablesReference } of body.scopes) {
    const rows = await client.variablesRequest({ variablesReference });
    scopes[name] = Object.fromEntries(rows.body.variables.map((row) => [row.name, row.value]));
  }
  return scopes;
}

async function frameAt(client: DebugClient): Promise<number> {
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  return body.stackFrames[0]?.id ?? 0;
}

test("DB-12 the scopes of a stage have its inputs, output, settings, prompt, context, environment and numbers", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const folder = await workspaceWith();
  const providers = {
    default: "local",
    local: { base_url: server.address, api_key_env: "MY_KEY", model: "m" },
  };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "p", providers }));
  const pipeline = {
    name: "ask",
    version: "1.0.0",
    defaults: { temperature: 0.25 },
    env: { REGION: "north", SERVICE_TOKEN: "declared-and-secret" },
    stages: [
      { id: "set", component_type: "variable_set", config: { name: "who", value: "Ada" } },
      {
        id: "draft",
        component_type: "generator",
        depends_on: ["set"],
        timeout: "30s",
        retry: 1,
        config: { system_prompt: "Be brief.", prompt: "Greet {{vars.who}}." },
      },
    ],
  };
  await writeFile(join(folder, "ask.pipeline.json"), JSON.stringify(pipeline, null, 1));
  const client = await startAdapter();
  const session = transcribe(client);
  const functions = [{ name: "before:draft" }, { name: "after:draft" }];
  const more = { env: { MY_KEY: "key-of-this-test", PLAIN: "undeclared" } };
  await session.launch("ask", { folder, functions, more });

  const before = await scopesAt(client);
  expect(Object.keys(before)).toEqual(["Inputs", "Config", "Prompt", "Upstream", "Context", "Env"]);
  expect(before["Config"]).toMatchObject({
    component_type: '"generator"',
    provider: '"local"',
    temperature: "0.25",
    timeout_ms: "30000",
    on_error: '"propagate"',
    trigger_rule: '"none_failed_min_one_success"',
  });
  expect(before["Prompt"]).toEqual({ system_prompt: '"Be brief."', prompt: '"Greet Ada."' });
  expect(before["Context"]).toMatchObject({ who: '"Ada"', stage_id: '"draft"' });
  expect(before["Env"]?.["REGION"]).toBe('"north"');
  // Keys of providers are in no environment that expressions see.
  expect(before["Env"]?.["MY_KEY"]).toBeUndefined();
  for (const name of ["PLAIN", "SERVICE_TOKEN"])
    expect(before["Env"]?.[name]).toBe(`"•••• (masked: evaluate env.${name} to see one)"`);
  await session.where();
  await session.evaluate("env.PLAIN");
  expect(session.text()).toContain('? env.PLAIN → "undeclared"');

  await session.step("continue");
  const after = await scopesAt(client);
  expect(Object.keys(after)).toEqual(["Output", "Config", "Prompt", "Upstream", "Context", "Env", "Metrics"]);
  expect(after["Prompt"]).toEqual({ system: '"Be brief."', user: '"Greet Ada."' });
  expect(after["Output"]).toMatchObject({ content: '"Good day"' });
  expect(after["Metrics"]).toMatchObject({ attempts: "1", calls: "1" });
  expect(Number(after["Metrics"]?.["durationMs"])).toBeGreaterThanOrEqual(0);

  // What was asked is the record's to tell, also of the past.
  await session.step("stepBack");
  await session.step("stepBack");
  expect((await scopesAt(client))["Prompt"]).toEqual({
    system_prompt: '"Be brief."',
    prompt: '"Greet Ada."',
  });
});

test("DB-12 lists of 100,000 items and texts of 50 MB are shown a page and a beginning at a time, each in under 100 ms", async () => {
  const folder = await workspaceWith("review");
  const inputFile = join(folder, "large.json");
  const scores = Array.from({ length: 100_000 }, (_, index) => index);
  await writeFile(inputFile, JSON.stringify({ title: "x".repeat(50_000_000), scores }));
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("review", { folder, functions: [{ name: "before:draft" }], more: { inputFile } });
  const frameId = await frameAt(client);
  const { body } = await client.scopesRequest({ frameId });
  const inputs = await client.variablesRequest({
    variablesReference: body.scopes[0]?.variablesReference ?? 0,
  });
  const data = inputs.body.variables.find(({ name }) => name === "data");

  // The best of a few: what is measured is the adapter, and not who else uses the machine.
  const timed = async <T>(ask: () => Promise<T>): Promise<{ readonly ms: number; readonly answer: T }> => {
    let best = Number.POSITIVE_INFINITY;
    for (;;) {
      const begin = performance.now();
      const answer = await ask();
      const ms = performance.now() - begin;
      const isGood = ms < 100 || ms >= best;
      best = Math.min(best, ms);
      if (isGood) return { ms: best, answer };
    }
  };
  const rows = await timed(() =>
    client.variablesRequest({ variablesReference: data?.variablesReference ?? 0 }),
  );
  const row = (name: string): DebugProtocol.Variable | undefined =>
    rows.answer.body.variables.find((each) => each.name === name);
  expect(rows.ms).toBeLessThan(100);
  expect(row("title")?.value).toBe(`"${"x".repeat(1000)}"… (50000000 characters)`);
  expect(row("scores")?.indexedVariables).toBe(100_000);
  expect(JSON.stringify(rows.answer).length).toBeLessThan(4000);

  const list = row("scores")?.variablesReference ?? 0;
  for (const start of [0, 99_900]) {
    const page = await timed(() =>
      client.variablesRequest({ variablesReference: list, filter: "indexed", start, count: 100 }),
    );
    expect(page.ms).toBeLessThan(100);
    const values = page.answer.body.variables.map(({ value }) => value);
    expect(values).toEqual(scores.slice(start, start + 100).map(String));
  }
  const seen = await timed(() =>
    client.evaluateRequest({ expression: "input.title", frameId, context: "hover" }),
  );
  expect(seen.ms).toBeLessThan(100);
  expect(seen.answer.body.result.length).toBeLessThan(1100);
}, 120_000);

test("DB-13 what is typed in the console is completed from the stop; watches, hovers and completions change nothing", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("by-hand", { functions: [{ name: "before:check" }] });
  const frameId = await frameAt(client);
  const complete = async (text: string): Promise<readonly DebugProtocol.CompletionItem[]> => {
    const { body } = await client.completionsRequest({ frameId, text, column: text.length + 1 });
    return body.targets;
  };
  const labels = async (text: string): Promise<readonly string[]> =>
    (await complete(text)).map(({ label }) => label);

  expect(await labels("upstream.")).toEqual(expect.arrayContaining(["remember", "draft", "check"]));
  expect(await labels("upstream.draft.")).toEqual(expect.arrayContaining(["title", "scores"]));
  expect(await labels("vars.place.c")).toEqual(["city"]);
  expect(await labels("1 + len(dra")).toEqual(["draft"]);
  expect(await labels("upp")).toEqual(expect.arrayContaining(["upper"]));
  expect(await labels("Hello {{inputs.da")).toEqual(["data"]);
  expect(await labels("Hello inp")).toEqual(expect.arrayContaining(["input", "inputs"]));
  expect(await labels('draft.title == "upstream.')).toEqual([]);
  expect(await labels("nothing.")).toEqual([]);
  expect(await complete("draft.ti")).toMatchObject([
    { label: "title", type: "property", detail: '"HELLO"', start: 7, length: 2 },
  ]);

  const said = session.text();
  const see = async (expression: string, context: string): Promise<string> => {
    const seen = client.evaluateRequest({ expression, frameId, context });
    return await seen.then(({ body }) => body.result).catch((error: Error) => error.message);
  };
  for (const context of ["hover", "watch", "repl"]) {
    expect(await see("inputs.data.scores[0] + 1", context)).toBe("4");
    expect(await see("{{draft.title}}!", context)).toBe('"HELLO!"');
    // Nothing in the language changes anything.
    expect(await see("draft.title = 1", context)).not.toBe("1");
    expect(await see("draft.scores.append(9)", context)).not.toContain("9]");
  }
  expect(await see("draft.scores", "watch")).toBe("(3) [3, 5, 4]");
  expect(session.text()).toBe(said);
});
