import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/fm.ts";
import { startModelServer } from "../support/model-server.ts";

const called = {
  name: "called",
  version: "1.0.0",
  stages: [{ id: "inner", component_type: "json_transform", config: { template: "in" } }],
};

/** A loop, a try, a called pipeline, a model, a stage that is left out, and one that fails until there is a file "ok". */
const pipeline = {
  name: "traced",
  version: "1.0.0",
  stages: [
    { id: "each", component_type: "foreach", config: { items: ["a", "b"], loop_stages: ["body"] } },
    { id: "body", component_type: "json_transform", config: { template: "x" } },
    {
      id: "guard",
      component_type: "trycatch",
      config: { try_stages: ["bad"], catch_stages: ["saved"], error_scope: "continue" },
    },
    { id: "bad", component_type: "command", config: { command: "exit 3" } },
    { id: "saved", component_type: "json_transform", config: { template: "saved" } },
    { id: "call", component_type: "subpipeline", config: { pipeline_id: "called" } },
    {
      id: "ask",
      component_type: "generator",
      config: { prompt: "What is a PROMPTWORD?", temperature: 0.5, max_tokens: 100 },
      retry: { max_retries: 1, initial_delay_ms: 1 },
    },
    { id: "skipped", component_type: "json_transform", when: "false", config: { template: "no" } },
    {
      id: "last",
      component_type: "command",
      depends_on: ["each", "guard", "call", "ask"],
      config: { command: "test -e ok" },
      idempotent: true,
    },
  ],
};

/** A folder with that pipeline, whose model is a server on loopback: it is busy once, and says ANSWERWORD then. */
export async function tracedProject(manifest: object = {}): Promise<string> {
  const cwd = await temporaryFolder();
  const server = await startModelServer("openai", [
    { kind: "refuse", status: 503, body: "{}" },
    { kind: "text", pieces: ["ANSWER", "WORD"] },
  ]);
  const providers = { default: "local", local: { base_url: server.address, model: "m" } };
  const prices = { "local/m": { input: 1, output: 2 } };
  writeFileSync(join(cwd, "flowmason.json"), JSON.stringify({ name: "t", providers, prices, ...manifest }));
  writeFileSync(join(cwd, "called.pipeline.json"), JSON.stringify(called));
  writeFileSync(join(cwd, "traced.pipeline.json"), JSON.stringify(pipeline));
  return cwd;
}
