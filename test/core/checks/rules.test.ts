import { describe, expect, test } from "vitest";
import type { RuleName } from "#core/checks";
import { compare, marked, problemsOf, ruleNameOf } from "./marked.ts";

/** A pipeline of loggers and what else is given, one stage a line. */
function pipeline(...stages: readonly string[]): string {
  return `{ "name": "p", "stages": [\n${stages.join(",\n")}\n] }`;
}

function logger(id: string, message: string, more = ""): string {
  return `{ "id": "${id}", "component_type": "logger", "config": { "message": "${message}" }${more} }`;
}

/** How a file is spelled is no matter of these tests. */
function rulesOf(text: string): readonly RuleName[] {
  return problemsOf(text)
    .map(ruleNameOf)
    .filter((rule) => rule !== "older-spelling");
}

function messageOf(source: string, rule: RuleName): string {
  return problemsOf(marked(source).text).find((problem) => ruleNameOf(problem) === rule)?.message ?? "";
}

function expectMarked(source: string, rule: RuleName): void {
  const { found, expected } = compare(source, rule);
  expect(found).toEqual(expected);
}

describe("LS-02 references, with the range of the name inside its string", () => {
  test("after escapes, which are longer in the text than in the value", () => {
    expectMarked(
      pipeline(logger("a", '\\"q\\" \\u00e9\\t\\\\ \\ud83d\\ude00 {{ upstream.⟦nope⟧.logged }} \\n')),
      "unknown-stage",
    );
    expectMarked(pipeline(logger("a", "{{ '\\u00e9' + ⟦nope⟧ }}")), "unknown-name");
  });

  test("in keys of `upstream` that are no plain names", () => {
    const source = pipeline(logger("a", "{{ upstream[⟦'no-such'⟧].logged }} {{ stages.⟦nope⟧.output.x }}"));
    expectMarked(source, "unknown-stage");
  });

  test("a name with a hyphen is one name", () => {
    const fetch =
      '{ "id": "fetch-crm", "component_type": "http-request", "config": { "url": "https://x.org" } }';
    expectMarked(
      pipeline(fetch, logger("a", "{{ upstream.fetch-crm.⟦bdy⟧ }}", ', "depends_on": ["fetch-crm"]')),
      "unknown-output-field",
    );
    expect(
      rulesOf(
        pipeline(fetch, logger("a", "{{ upstream.fetch-crm.body.x[0] }}", ', "depends_on": ["fetch-crm"]')),
      ),
    ).toEqual([]);
  });

  test("say the nearest name", () => {
    expect(
      messageOf(pipeline(logger("fetch", "x"), logger("b", "{{ upstream.fecth.logged }}")), "unknown-stage"),
    ).toContain('Did you mean "fetch"?');
    expect(
      messageOf(pipeline('{ "id": "a", "component_type": "json-transfrom" }'), "unknown-component"),
    ).toContain('Did you mean "json_transform"?');
    expect(
      messageOf(
        pipeline('{ "id": "a", "component_type": "generator", "config": { "prompt": "x", "max_token": 1 } }'),
        "unknown-config-key",
      ),
    ).toContain('Did you mean "max_tokens"?');
    expect(messageOf(pipeline(logger("a", "x", ', "depends_on": ["A_"]')), "unknown-dependency")).toContain(
      "no stage",
    );
  });

  test("what is guarded may be missing; a name that means nothing is a warning then", () => {
    const guarded = problemsOf(pipeline(logger("b", "{{ upstream.nope ?? nme ?? 1 }}")));
    expect(guarded.map((problem) => `${problem.severity} ${ruleNameOf(problem)}`)).toEqual([
      "warning unknown-stage",
      "warning unknown-name",
    ]);
    expect(
      rulesOf(pipeline(logger("a", "x"), logger("b", "{{ upstream.a.nope ?? 1 }}", ', "depends_on": ["a"]'))),
    ).toEqual([]);
  });

  test("variables of comprehensions, loops, catches and deferred fields are names", () => {
    const text = pipeline(
      '{ "id": "t", "component_type": "json_transform", "config": { "data": [1], "template": "{{ [x for x in data] }}" } }',
      '{ "id": "f", "component_type": "filter", "config": { "data": [1], "filter_mode": "filter_array", "condition": "item > 2 and len(data) > 0" } }',
      '{ "id": "each", "component_type": "foreach", "config": { "items": [1], "item_variable": "row", "loop_stages": ["body"] } }',
      logger(
        "body",
        "{{ row }} {{ loop_index }} {{ upstream.each.row }} {{ upstream.each.current_index }} {{ context.row }}",
      ),
      '{ "id": "safe", "component_type": "trycatch", "config": { "try_stages": ["risky"], "catch_stages": ["caught"] } }',
      logger("risky", "x"),
      logger("caught", "{{ error_message }} {{ error }} {{ upstream.safe.error }}"),
    );
    expect(rulesOf(text)).toEqual([]);
    expectMarked(
      pipeline(
        '{ "id": "f", "component_type": "filter", "config": { "data": 1, "condition": "⟦itme⟧ > 2" } }',
      ),
      "unknown-name",
    );
    expectMarked(pipeline(logger("a", "{{ ⟦row⟧ }}")), "unknown-name");
  });

  test("a try body may be read from outside, a loop body may not", () => {
    const owner = (type: string, arm: string): string =>
      pipeline(
        `{ "id": "own", "component_type": "${type}", "config": { "items": [1], "${arm}": ["inner"] } }`,
        logger("inner", "x"),
        logger("out", "{{ upstream.inner.logged }}", ', "depends_on": ["own"]'),
      );
    expect(rulesOf(owner("foreach", "loop_stages"))).toEqual(["loop-body-reference"]);
    expect(rulesOf(owner("trycatch", "try_stages"))).not.toContain("loop-body-reference");
  });

  test("the map dialect finds the nearest stage of that name", () => {
    const text = `{ "stages": { "each": { "component": "foreach", "config": { "items": [1] }, "loop_stages": {
      "one": { "component": "logger", "config": { "message": "x" } },
      "two": { "component": "logger", "depends_on": ["one"], "config": { "message": "{{ stages.one.logged }} {{ item }}" } } } },
      "last": { "component": "logger", "depends_on": ["each"], "config": { "message": "{{ stages.each.results | length }}" } } } }`;
    expect(rulesOf(text)).toEqual([]);
  });
});

describe("LS-02 cycles, with their path", () => {
  test("over depends_on and expressions together", () => {
    const source = pipeline(
      logger("start", "x"),
      logger("a", "x", ', "depends_on": ["start", ⟦"c"⟧]'),
      logger("b", "{{ upstream.a.logged }}"),
      logger("c", "x", ', "depends_on": ["b"]'),
      logger("after", "x", ', "depends_on": ["c"]'),
    );
    expectMarked(source, "dependency-cycle");
    const { text } = marked(source);
    const [problem] = problemsOf(text).filter((each) => ruleNameOf(each) === "dependency-cycle");
    expect(problem?.message).toContain("a -> c -> b -> a");
    expect(problem?.related?.map(({ message, span }) => [message, text.slice(span.start, span.end)])).toEqual(
      [
        ['"a" waits for "c"', '"c"'],
        ['"c" waits for "b"', '"b"'],
        ['"b" waits for "a"', "a"],
      ],
    );
  });

  test("each cycle once", () => {
    const text = pipeline(
      logger("a", "x", ', "depends_on": ["b"]'),
      logger("b", "x", ', "depends_on": ["a"]'),
      logger("c", "x", ', "depends_on": ["d"]'),
      logger("d", "x", ', "depends_on": ["c"]'),
    );
    const cycles = problemsOf(text).filter((problem) => ruleNameOf(problem) === "dependency-cycle");
    expect(cycles.map(({ message }) => message)).toEqual([
      expect.stringContaining("a -> b -> a"),
      expect.stringContaining("c -> d -> c"),
    ]);
  });

  test("a conditional that waits for its branch, a loop that waits for its body", () => {
    const branch = pipeline(
      '{ "id": "if", "component_type": "conditional", "depends_on": ["yes"], "config": { "condition": "true", "true_branch_stages": ["yes"] } }',
      logger("yes", "x"),
    );
    expect(rulesOf(branch)).toContain("dependency-cycle");
    const body = pipeline(
      '{ "id": "each", "component_type": "foreach", "depends_on": ["body"], "config": { "items": [1], "loop_stages": ["body"] } }',
      logger("body", "x"),
    );
    expect(rulesOf(body)).toContain("dependency-cycle");
  });

  test("a body that waits for its owner, and stages around a loop, are none", () => {
    const text = pipeline(
      logger("before", "x"),
      '{ "id": "each", "component_type": "foreach", "depends_on": ["before"], "config": { "items": [1], "loop_stages": ["one", "two"] } }',
      logger("one", "x", ', "depends_on": ["each"]'),
      logger("two", "{{ upstream.one.logged }}", ', "depends_on": ["one"]'),
      logger("after", "x", ', "depends_on": ["each"]'),
    );
    expect(rulesOf(text)).toEqual([]);
  });
});

describe("LS-02 duplicate ids, unreachable stages, unused outputs", () => {
  test("the second stage of an id is told, with the first", () => {
    const source = pipeline(logger("a", "x"), logger("b", "x"), logger("a", "y").replace('"a"', '⟦"a"⟧'));
    expectMarked(source, "duplicate-stage-id");
  });

  test("an output is used when it is read, waited for, or the pipeline's", () => {
    const ask = '{ "id": "ask", "component_type": "generator", "config": { "prompt": "x" } }';
    const text = (output: string, message: string): string =>
      pipeline(ask, logger("log", message)).replace("{ ", `{ "output_stage_id": "${output}", `);
    expect(rulesOf(text("log", "x"))).toEqual(["unused-output"]);
    expect(rulesOf(text("ask", "x"))).toEqual([]);
    expect(rulesOf(text("log", "{{ ask.output.content }}"))).toEqual(["implicit-dependency"]);
  });

  test("where a stage may be skipped another output can be the pipeline's", () => {
    const text = pipeline(
      '{ "id": "ask", "component_type": "generator", "config": { "prompt": "x" } }',
      logger("log", "x", ', "when": "input.x"'),
    ).replace("{ ", '{ "output_stage_id": "log", ');
    expect(rulesOf(text)).toEqual([]);
  });
});

describe("LS-01 config against the component", () => {
  test("constants are converted as in a run before they are judged", () => {
    const generator = (config: string): string =>
      pipeline(`{ "id": "g", "component_type": "generator", "config": { "prompt": "x", ${config} } }`);
    expect(rulesOf(generator('"max_tokens": "500", "temperature": 1, "stop_sequences": "END"'))).toEqual([]);
    expectMarked(generator('"max_tokens": ⟦"many"⟧'), "invalid-config-value");
    expectMarked(generator('"temperature": ⟦3⟧'), "invalid-config-value");
    expect(rulesOf(generator('"max_tokens": "{{ input.n }}"'))).toEqual([]);
  });

  test("a wrong value inside a list or an object is marked itself", () => {
    const source = pipeline(
      '{ "id": "h", "component_type": "http_request", "config": { "url": "https://x.org", "method": "post", "headers": { "A": "b", "C": ⟦null⟧ } } }',
    );
    expectMarked(source, "invalid-config-value");
  });

  test("an enumeration names its members", () => {
    const message = messageOf(
      pipeline('{ "id": "a", "component_type": "logger", "config": { "message": "x", "level": "eror" } }'),
      "invalid-config-value",
    );
    expect(message).toContain("debug, info, warning, error");
    expect(message).toContain('Did you mean "error"?');
  });

  test("input_mapping gives inputs too, and names of one's own only in the map dialect", () => {
    expect(
      rulesOf(pipeline('{ "id": "a", "component_type": "logger", "input_mapping": { "message": "x" } }')),
    ).toEqual([]);
    expect(
      rulesOf(
        pipeline(
          '{ "id": "a", "component_type": "logger", "input_mapping": { "message": "x", "other": 1 } }',
        ),
      ),
    ).toEqual(["unknown-config-key"]);
    expect(
      rulesOf('{ "stages": { "a": { "component": "logger", "inputs": { "message": "x", "other": 1 } } } }'),
    ).toEqual([]);
  });

  test("keys of prototypes are just keys", () => {
    expect(
      rulesOf(
        pipeline(
          '{ "id": "a", "component_type": "logger", "config": { "message": "x", "__proto__": 1, "constructor": 2 } }',
        ),
      ),
    ).toEqual(["unknown-config-key", "unknown-config-key"]);
    expect(rulesOf(pipeline(logger("a", "{{ upstream.__proto__.x }} {{ constructor }}")))).toEqual([
      "unknown-stage",
      "unknown-name",
    ]);
  });
});

test("fields of one's own are nobody's business, a slip of the keyboard is", () => {
  const own = logger("a", "x", ', "display_name": "A", "my_type": 1, "comment": "c", "nodes": []');
  expect(rulesOf(pipeline(own))).toEqual([]);
  for (const slip of ["depnds_on", "enable", "timeout-ms", "whn", "on_eror"]) {
    expectMarked(pipeline(logger("a", "x", `, ⟦"${slip}"⟧: null`)), "unknown-stage-field");
  }
});

test("an abstract pipeline may leave things open; a child whose parent is not at hand may name its stages", () => {
  const open =
    '{ "abstract": true, "stages": [{ "id": "a", "component_type": "abstract" }, { "id": "b", "component_type": "schema_validate", "config": { "data": 1 } }] }';
  expect(rulesOf(open)).toEqual([]);
  const child = `{ "extends": "base", "output_stage_id": "far", "stages": [${logger("a", "{{ upstream.far.x }} {{ far.output.y }}", ', "depends_on": ["far"]')}] }`;
  expect(rulesOf(child)).toEqual(["no-project"]);
});

test("problems come in the order of the text, and none throws for broken text", () => {
  const text = pipeline(logger("a", "{{ nope }}", ', "depends_on": ["zzz"]'), logger("b", "{{"));
  const starts = problemsOf(text).map(({ span }) => span.start);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  for (let end = 0; end <= text.length; end++)
    expect(Array.isArray(problemsOf(text.slice(0, end)))).toBe(true);
});
