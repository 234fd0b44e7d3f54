import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { startOpenAiServer } from "../support/openai-server.ts";

const key = "sk-not-to-be-seen-7f3a";

const pipeline = JSON.stringify({
  name: "ask",
  stages: [{ id: "ask", component_type: "generator", config: { prompt: "Say hello" } }],
});

test.each([
  ["answers", { kind: "text", pieces: ["Hello"], usage: "told" } as const, 0],
  [
    "refuses, with the key in its answer",
    { kind: "status", status: 401, body: `bad key ${key}` } as const,
    1,
  ],
])("a model's key goes to its server and nowhere else, when that %s", async (_what, answer, code) => {
  const server = await startOpenAiServer(answer);
  const folder = await temporaryFolder();
  const providers = { default: "own", own: { base_url: server.address, model: "m", api_key_env: "OWN_KEY" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "keys", providers }));
  await writeFile(join(folder, "ask.pipeline.json"), pipeline);
  const ended = await fm(["run", "ask.pipeline.json", "--json", "--journal", "run.ndjson"], {
    cwd: folder,
    env: { OWN_KEY: key },
  });
  expect(ended.code, ended.stderr).toBe(code);
  expect(server.requests[0]?.authorization).toBe(`Bearer ${key}`);
  const journal = await readFile(join(folder, "run.ndjson"), "utf8");
  expect(journal).toContain('"run-finished"');
  for (const text of [journal, ended.stdout, ended.stderr]) expect(text).not.toContain(key);
});
