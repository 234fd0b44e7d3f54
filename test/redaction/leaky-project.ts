import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planted, printer } from "./planted-secrets.ts";

/** Names that the pipeline declares: all but the provider's key. */
const names = Object.keys(planted).filter((name) => name !== "S9");
const all = names.map((name) => `{{ secrets.${name} }}`).join("\n");
const byName = Object.fromEntries(names.map((name) => [name, `{{ secrets.${name} }}`]));

const leaky = `import { defineComponent, z } from "flowmason";
export const leaky = defineComponent({
  name: "leaky",
  version: "1.0.0",
  input: z.object({ given: z.record(z.string(), z.string()) }),
  output: z.object({ kept: z.unknown(), all: z.string() }),
  execute({ inputs, log }) {
    const values = Object.values(inputs.given);
    for (const value of values) log.info("got " + value, { value });
    console.log(values.join(" "));
    console.error(JSON.stringify(inputs));
    return { kept: { [values[0] ?? ""]: inputs.given }, all: values.join("") };
  },
});
`;

/** Fills a folder with a project whose pipeline tells its secrets wherever it can. Its last stage fails until there is a file "ok". */
export function writeLeakyProject(
  root: string,
  servers: { readonly echo: string; readonly models: string },
): void {
  const stages = [
    { ...command("print", ["node", "print.mjs"], { env: byName }), cache: true },
    {
      ...command("write", ["sh", "-c", 'printf %s "$S4" > written.txt'], { env: byName }),
      cache: { outputs: ["written.txt"], env: ["S0", "S9"] },
    },
    { ...command("quiet", ["true"], { env: byName }), cache: { files: ["key.txt"], env: ["S0", "S9"] } },
    command("keyfile", ["cat", "key.txt"], {}),
    {
      id: "echo",
      component_type: "http_request",
      config: {
        url: `${servers.echo}/?q={{ secrets.S3 }}&r={{ secrets.S1 }}`,
        method: "POST",
        headers: { "x-key": "{{ secrets.S0 }}", "x-other": "{{ secrets.S2 }}" },
        body: byName,
      },
    },
    { id: "model", component_type: "generator", config: { prompt: all }, cache: true },
    { id: "own", component_type: "leaky", config: { given: byName }, cache: { scope: "workspace" } },
    { id: "vars", component_type: "variable_set", config: { variables: byName } },
    {
      id: "log",
      component_type: "logger",
      config: { message: "said {{ upstream.own.all }}", data: "{{ upstream.own.kept }}" },
      depends_on: ["own"],
    },
    {
      id: "refused",
      component_type: "http_request",
      config: { url: "http://127.0.0.1:1/{{ secrets.S0 }}", headers: { "x-key": "{{ secrets.S3 }}" } },
      on_error: "continue",
    },
    {
      ...command("fails", ["sh", "-c", 'printf "%s\\n" "$S0" "$S1" "$S4" "$S8" >&2; exit 3'], {
        env: byName,
      }),
      on_error: "continue",
    },
    {
      id: "input",
      component_type: "json_transform",
      config: { data: "{{ input }}", template: { raw: "{{ data.token }}", number: "{{ data.number }}" } },
    },
    {
      ...command("last", ["node", "-e", checksum], { env: { GIVEN: "{{ upstream.own.all }}" } }),
      secrets: names,
      depends_on: [
        "print",
        "write",
        "quiet",
        "keyfile",
        "echo",
        "model",
        "vars",
        "log",
        "refused",
        "fails",
        "input",
      ],
    },
  ];
  const pipeline = { name: "leaky", version: "1.0.0", secrets: names, stages, output_stage_id: "last" };
  const manifest = {
    secrets: { dotenv: true },
    providers: {
      default: "local",
      local: {
        base_url: servers.models,
        protocol: "openai-compatible",
        model: "m",
        api_key_env: "S9",
      },
    },
  };
  mkdirSync(join(root, "components"));
  const files: Readonly<Record<string, string>> = {
    "components/leaky.ts": leaky,
    "leaky.pipeline.json": JSON.stringify(pipeline, null, 2),
    "flowmason.json": JSON.stringify(manifest),
    "print.mjs": printer,
    "key.txt": planted["S9"] ?? "",
    ".env": `S8="${planted["S8"]}"\n`,
    "input.json": JSON.stringify({ token: planted["S0"], number: Number(planted["S7"]) }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
}

/** Tells whether the values came whole, and the values once more; fails until it may not. */
const checksum = `const given = process.env.GIVEN;
console.log(require("node:crypto").createHash("sha256").update(given).digest("hex"), given);
console.error(given);
process.exit(require("node:fs").existsSync("ok") ? 0 : 3)`;

function command(id: string, line: readonly string[], config: object): object {
  return { id, component_type: "command", config: { command: line, ...config } };
}
