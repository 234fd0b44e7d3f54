import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fm } from "../support/fm.ts";

const why = "VS Code did not start this run. Run the pipeline from VS Code (F5)";

test("VS Code's models are refused before the run where fm runs, and with another provider it runs", async () => {
  const cwd = await workspaceOf("vscode");
  const refused = await fm(["run", "t.pipeline.json"], { cwd });
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain(why);
  expect(await readdir(cwd)).not.toContain(".flowmason");
  expect(await fm(["validate", "t.pipeline.json"], { cwd })).toMatchObject({ code: 0 });
  expect(await fm(["run", "t.pipeline.json", "--provider", "offline"], { cwd })).toMatchObject({ code: 0 });
  const chosen = await fm(["run", "t.pipeline.json", "--provider", "vscode"], { cwd });
  expect(chosen).toMatchObject({ code: 2 });
  const forked = await fm(["fork", "latest", "--provider", "vscode"], { cwd });
  expect(forked).toMatchObject({ code: 2 });
  expect(forked.stderr).toContain(why);
});

test("one that an expression names fails its stage, with what to do", async () => {
  const cwd = await workspaceOf("{{ 'vs' ~ 'code' }}");
  const run = await fm(["run", "t.pipeline.json"], { cwd });
  expect(run).toMatchObject({ code: 1 });
  expect(run.stderr).toContain(why);
});

test("a cassette answers for them", async () => {
  const cwd = await workspaceOf("vscode");
  const request = { provider: "vscode", model: null, messages: [{ role: "user", content: "Hello?" }] };
  const recordings = [{ request, answers: [{ chunks: ["Hello."], finishReason: "unknown" }] }];
  const cassette = { format: "flowmason-cassette", version: 1, recordings };
  await writeFile(join(cwd, "calls.json"), JSON.stringify(cassette));
  const run = await fm(["run", "t.pipeline.json", "--replay", "calls.json"], { cwd });
  expect(run.stderr).not.toContain(why);
  expect(run).toMatchObject({ code: 0 });
  expect(JSON.parse(run.stdout)).toMatchObject({ content: "Hello." });
});

async function workspaceOf(provider: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "flowmason.json"), "{}");
  const stages = [{ id: "ask", component_type: "generator", config: { prompt: "Hello?", provider } }];
  await writeFile(join(folder, "t.pipeline.json"), JSON.stringify({ name: "t", version: "1.0.0", stages }));
  return folder;
}
