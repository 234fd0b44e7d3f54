/** Examples of components that say more than their required inputs do; a test checks that each is valid. */
export const examples: ReadonlyMap<string, object> = new Map([
  [
    "generator",
    pipeline({ topic: "string" }, [
      stage("write", "generator", {
        system_prompt: "You write for people who are in a hurry.",
        prompt: "Explain {{ input.topic }} in three sentences.",
        temperature: 0.3,
        max_tokens: 300,
      }),
    ]),
  ],
  [
    "critic",
    pipeline({ text: "string" }, [
      stage("judge", "critic", { content: "{{ input.text }}", criteria: ["clear", "short", "true"] }),
    ]),
  ],
  [
    "improver",
    pipeline({ text: "string" }, [
      stage("judge", "critic", { content: "{{ input.text }}" }),
      stage(
        "improve",
        "improver",
        { content: "{{ input.text }}", feedback: "{{ upstream.judge.feedback }}" },
        { depends_on: ["judge"] },
      ),
    ]),
  ],
  [
    "selector",
    pipeline({ drafts: "array" }, [
      stage("choose", "selector", {
        candidates: "{{ input.drafts }}",
        criteria: ["tone"],
        selection_mode: "best",
      }),
    ]),
  ],
  [
    "synthesizer",
    pipeline({ first: "string", second: "string" }, [
      stage("join", "synthesizer", {
        inputs: ["{{ input.first }}", "{{ input.second }}"],
        synthesis_strategy: "compare",
      }),
    ]),
  ],
  [
    "http_request",
    pipeline({ account: "string" }, [
      stage("fetch", "http_request", {
        url: "https://api.example.com/accounts/{{ input.account }}",
        headers: { Authorization: "Bearer {{ env.API_TOKEN }}" },
        params: { fields: "name,plan" },
        timeout: 10,
      }),
    ]),
  ],
  [
    "json_transform",
    pipeline({ user: "object" }, [
      stage("shape", "json_transform", {
        data: "{{ input.user }}",
        mapping: { name: "profile.name", first_mail: "emails[0]" },
        defaults: { first_mail: "none" },
      }),
    ]),
  ],
  [
    "filter",
    pipeline({ orders: "array" }, [
      stage("large", "filter", {
        data: "{{ input.orders }}",
        filter_mode: "filter_array",
        condition: "item.total > 100",
      }),
    ]),
  ],
  [
    "loop",
    pipeline({ rows: "array" }, [stage("batches", "loop", { items: "{{ input.rows }}", batch_size: 20 })]),
  ],
  [
    "schema_validate",
    pipeline({ order: "object" }, [
      stage("check", "schema_validate", {
        data: "{{ input.order }}",
        json_schema: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
      }),
    ]),
  ],
  [
    "variable_set",
    pipeline({ region: "string" }, [
      stage("remember", "variable_set", { name: "region", value: "{{ input.region | upper }}" }),
    ]),
  ],
  [
    "output_router",
    pipeline({ report: "string" }, [
      stage("deliver", "output_router", {
        data: "{{ input.report }}",
        destinations: [
          { id: "file", type: "file", config: { path: "reports/latest.json" } },
          { id: "team", type: "webhook", config: { url: "https://example.com/reports" } },
        ],
      }),
    ]),
  ],
  [
    "error_router",
    pipeline({ url: "string" }, [
      stage("guard", "trycatch", { try_stages: ["fetch"], catch_stages: ["tell"] }),
      stage("fetch", "http_request", { url: "{{ input.url }}" }),
      stage("tell", "error_router", {
        error_type: "{{ error_type }}",
        error_message: "{{ error_message }}",
        severity: "error",
        destinations: [{ id: "log", type: "file", config: { path: "errors.jsonl", mode: "append" } }],
      }),
    ]),
  ],
  [
    "logger",
    pipeline({ name: "string" }, [
      stage("log", "logger", {
        message: "Working on {{ input.name }}",
        level: "info",
        tags: { part: "import" },
      }),
    ]),
  ],
  [
    "conditional",
    pipeline({ total: "number" }, [
      stage("is_large", "conditional", {
        condition: "input.total > 100",
        true_branch_stages: ["ask"],
        false_branch_stages: ["accept"],
      }),
      stage("ask", "logger", { message: "Somebody has to look at this." }, { depends_on: ["is_large"] }),
      stage("accept", "logger", { message: "Fine." }, { depends_on: ["is_large"] }),
    ]),
  ],
  [
    "router",
    pipeline({ language: "string" }, [
      stage("by_language", "router", {
        value: "{{ input.language }}",
        routes: { de: ["german"], fr: ["french"] },
        default_route: ["english"],
        case_insensitive: true,
      }),
      stage("german", "logger", { message: "Guten Tag" }, { depends_on: ["by_language"] }),
      stage("french", "logger", { message: "Bonjour" }, { depends_on: ["by_language"] }),
      stage("english", "logger", { message: "Good day" }, { depends_on: ["by_language"] }),
    ]),
  ],
  [
    "foreach",
    pipeline({ names: "array" }, [
      stage("each", "foreach", {
        items: "{{ input.names }}",
        item_variable: "name",
        parallel: true,
        max_parallel: 3,
        loop_stages: ["greet"],
      }),
      stage("greet", "logger", { message: "{{ loop_index + 1 }} of {{ loop_total }}: {{ name }}" }),
      stage(
        "done",
        "logger",
        { message: "{{ len(upstream.each.results) }} greeted" },
        { depends_on: ["each"] },
      ),
    ]),
  ],
  [
    "trycatch",
    pipeline({ url: "string" }, [
      stage("try", "trycatch", {
        try_stages: ["fetch"],
        catch_stages: ["note"],
        finally_stages: ["end"],
        error_scope: "continue",
        max_retries: 2,
      }),
      stage("fetch", "http_request", { url: "{{ input.url }}" }),
      stage("note", "logger", { message: "{{ error_type }}: {{ error_message }}", level: "warning" }),
      stage("end", "logger", { message: "Over." }),
    ]),
  ],
  [
    "return",
    pipeline({ orders: "array" }, [
      stage("nothing_to_do", "return", {
        condition: "len(input.orders) == 0",
        return_value: { orders: 0 },
        message: "There are no orders.",
      }),
      stage(
        "work",
        "logger",
        { message: "{{ len(input.orders) }} orders" },
        { depends_on: ["nothing_to_do"] },
      ),
    ]),
  ],
]);

function pipeline(inputs: Readonly<Record<string, string>>, stages: readonly object[]): object {
  const properties = Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, { type }]));
  return {
    name: "example",
    input_schema: { type: "object", properties, required: Object.keys(inputs) },
    stages,
  };
}

function stage(id: string, type: string, config: object, more: object = {}): object {
  return { id, component_type: type, config, ...more };
}
