import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldCompletionsRequest, fieldHoverRequest } from "#protocol";
import { type Client, startClient } from "./client.ts";

const uri = "untitled:fields.pipeline.json";
const pipeline = JSON.stringify({
  name: "fields",
  input_schema: {
    type: "object",
    properties: { query: { type: "string" }, limit: { type: "integer" } },
    required: ["query", "limit"],
  },
  secrets: ["API_KEY"],
  env: { REGION: "eu" },
  stages: [
    { id: "fetch-all", component_type: "http_request", config: { url: "https://example.com" } },
    { id: "ask", name: "Ask it", component_type: "generator", config: { prompt: "p" } },
    { id: "pick", component_type: "filter", config: { data: [] } },
    {
      id: "each",
      component_type: "foreach",
      depends_on: ["pick"],
      config: { items: ["a"], loop_stages: ["say"] },
    },
    { id: "say", component_type: "logger", config: { message: "m" } },
  ],
});

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
  client.open(uri, pipeline);
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

/** Where the mark is in the text of a field: `|`, or `^` where that is a filter. */
function cursor(stage: string | null, path: string, marked: string) {
  const mark = marked.includes("^") ? "^" : "|";
  const offset = marked.indexOf(mark);
  return { stage, path: path.split("."), text: marked.replace(mark, ""), offset };
}

async function completions(stage: string | null, path: string, marked: string) {
  const params = { uri, cursor: cursor(stage, path, marked) };
  const answer = await client.connection.sendRequest(fieldCompletionsRequest.name, params);
  return fieldCompletionsRequest.result.parse(answer);
}

async function offered(stage: string | null, path: string, marked: string): Promise<readonly string[]> {
  return (await completions(stage, path, marked)).items.map(({ label }) => label);
}

async function hover(stage: string, path: string, marked: string) {
  const params = { uri, cursor: cursor(stage, path, marked) };
  return fieldHoverRequest.result.parse(await client.connection.sendRequest(fieldHoverRequest.name, params));
}

describe("LS-03 what a form's field completes, though its text is not in the file", () => {
  test("in a template of output_config, which all stages are there for", async () => {
    const path = "output_config.destinations.0.config.url";
    expect(await offered(null, path, "{{ upstream.|")).toEqual(
      expect.arrayContaining(["fetch-all", "ask", "pick", "each"]),
    );
    expect(await offered(null, path, "https://example.com/{{ input.|")).toEqual(["query", "limit"]);
    expect(await offered(null, path, "{{ upstream.ask.|")).toContain("content");
    expect(await offered(null, path, "{{ inp| }}")).toContain("input");
    expect(await offered(null, "description", "{{ input.|")).toEqual([]);
  });

  test("names begin with inputs, stages and functions, and prose with none", async () => {
    const names = await offered("ask", "config.prompt", "Say {{ |");
    expect(names).toEqual(
      expect.arrayContaining(["input", "upstream", "secrets", "fetch-all", "len", "not"]),
    );
    expect(names).not.toContain("ask");
    expect(await offered("ask", "config.prompt", "Say |")).toEqual([]);
    expect(await offered("ask", "config.prompt", "{{ input.query }} |")).toEqual([]);
    expect(await offered("ask", "config.prompt", "{{ 'in a text |' }}")).toEqual([]);
    expect(await offered("ask", "config.prompt", "\\{{ |")).toEqual([]);
    expect(await offered(null, "description", "{{ |")).toEqual([]);
  });

  test("a path goes on with what is there: inputs, stages, the fields of their outputs, members, methods", async () => {
    const { from, items } = await completions("ask", "config.prompt", "Of {{ input.qu|");
    expect({ from, names: items.map(({ label, detail }) => [label, detail]) }).toEqual({
      from: 12,
      names: [
        ["query", "text"],
        ["limit", "number"],
      ],
    });
    expect(await offered("ask", "config.prompt", "{{ upstream.|")).toEqual([
      "fetch-all",
      "pick",
      "each",
      "say",
    ]);
    expect(await offered("ask", "config.prompt", "{{ upstream.fetch-all.|")).toEqual(
      expect.arrayContaining(["body", "status_code", "result", "output"]),
    );
    expect(await offered("ask", "config.prompt", "{{ input.query.|")).toContain("upper");
    expect(await offered("ask", "config.prompt", "{{ secrets.|")).toEqual(["API_KEY"]);
    expect(await offered("ask", "config.prompt", "{{ env.|")).toEqual(["REGION"]);
  });

  test("where a name begins, the whole paths to inputs and to outputs of stages before are offered too", async () => {
    const { items } = await completions("ask", "input_mapping.context", "{{ |");
    const paths = items.filter(({ kind }) => kind === "path").map(({ label, detail }) => [label, detail]);
    expect(paths).toEqual(
      expect.arrayContaining([
        ["input.query", "text"],
        ["upstream.fetch-all.status_code", "number"],
      ]),
    );
    expect(paths.some(([label]) => label?.startsWith("upstream.ask."))).toBe(false);
  });

  test("stages that wait for this one are not among them", async () => {
    expect(await offered("pick", "config.data", "{{ upstream.|")).toEqual(["fetch-all", "ask"]);
    expect(await offered("each", "config.items", "{{ upstream.|")).toEqual(["fetch-all", "ask", "pick"]);
  });

  test("behind | come filters alone, and where a place has names of its own, these come first", async () => {
    const filters = await offered("ask", "config.prompt", "{{ input.query | ^");
    expect(filters).toContain("upper");
    expect(filters).not.toContain("input");
    expect((await offered("pick", "config.condition", "|")).slice(0, 2)).toEqual(["data", "item"]);
    expect(await offered("say", "config.message", "{{ |")).toContain("item");
    expect(await offered("ask", "when", "in|")).toContain("input");
  });
});

test("LS-04 what a name in a field stands for", async () => {
  expect(await hover("ask", "config.prompt", "Of {{ input.lim|it }}")).toEqual({
    from: 12,
    to: 17,
    title: "limit: number",
    about: "",
  });
  expect(await hover("pick", "config.data", "{{ upstream.as|k.content }}")).toMatchObject({
    title: "ask",
    about: "Ask it: Generator",
  });
  expect(await hover("pick", "config.data", "{{ upstream.ask.cont|ent }}")).toMatchObject({
    title: "content: text",
    about: "The answer.",
  });
  expect(await hover("ask", "config.prompt", "{{ le|n(input.query) }}")).toMatchObject({
    title: expect.stringContaining("len("),
  });
  expect(await hover("ask", "config.prompt", "Pro|se")).toBeNull();
});
