import { describe, expect, test } from "vitest";
import { parseExpression } from "#core/expressions";
import type { FrameStep } from "#core/ports";
import { pipelineOf, stage } from "./support/index.ts";
import { at, lines, ran, traced, viewOf } from "./support/traced-run.ts";

const round = (owner: string, index: number): FrameStep => ({ kind: "iteration", owner, index });

describe("TT-15 who produced a value", () => {
  test("leads through what only passes it on to the stage that made it, the attempt and the event", async () => {
    const run = await ran(
      pipelineOf(
        stage("draft", "generator", { prompt: "{{input.topic}}" }, { retry: { max_attempts: 3 } }),
        stage("keep", "logger", { message: "kept", passthrough: { text: ["{{upstream.draft.content}}"] } }),
        stage("report", "logger", { message: "for {{ input.topic }}: {{keep.passthrough.text[-1]}}" }),
      ),
      { input: { topic: "rain" }, fails: 0 },
    );
    const trace = traced(run, { kind: "output", address: at("keep"), path: ["passthrough", "text", 0] });
    expect(lines(trace)).toEqual([
      "keep.passthrough.text[0]: passed on as it is",
      "inputs of keep.passthrough.text[0]: passed on by {{upstream.draft.content}}",
      "draft.content: made by generator",
      "of inputs of draft.prompt",
    ]);
    const last = trace.steps.at(-1);
    expect(run.journal.events.find(({ seq }) => seq === last?.event)).toMatchObject({
      kind: "stage-succeeded",
      address: at("draft"),
      attempt: last?.attempt,
    });
    const [from] = trace.of;
    if (from === undefined) throw new Error("It is made of nothing.");
    const prompt = viewOf(run).traceValue(from);
    expect(lines(prompt)).toEqual([
      "inputs of draft.prompt: passed on by {{input.topic}}",
      "input.topic: given when the run was started",
    ]);
    expect(lines(traced(run, { kind: "inputs", address: at("report"), path: ["message"] }))).toEqual([
      "inputs of report.message: computed by for {{ input.topic }}: {{keep.passthrough.text[-1]}}",
      "of input.topic",
      "of keep.passthrough.text[-1]",
    ]);
    expect(lines(traced(run, { kind: "inputs", address: at("keep"), path: ["message"] }))).toEqual([
      "inputs of keep.message: written in the file",
    ]);
    expect(lines(traced(run, { kind: "inputs", address: at("keep"), path: ["level"] }))).toEqual([
      "inputs of keep.level: a default",
    ]);
  });

  test("names the attempt that succeeded, and of an attempt that failed what that was given", async () => {
    const run = await ran(
      pipelineOf(
        stage(
          "draft",
          "generator",
          { prompt: "{{input.topic}}" },
          { retry: { max_attempts: 3, delay_seconds: 0 } },
        ),
      ),
      { input: { topic: "rain" }, fails: 1 },
    );
    const made = traced(run, { kind: "output", address: at("draft"), path: ["content"] });
    expect(made.steps).toMatchObject([{ attempt: 2, cause: { kind: "made" } }]);
    const first = traced(run, { kind: "inputs", address: at("draft"), attempt: 1, path: ["prompt"] });
    expect(first.steps[0]).toMatchObject({ attempt: 1 });
    const starts = run.journal.events.filter(({ kind }) => kind === "stage-started");
    expect(first.steps[0]?.event).toBe(starts[0]?.seq);
  });

  test("leads out of a loop into the round, and out of the round to the item", async () => {
    const run = await ran(
      pipelineOf(
        stage("list", "logger", { message: "m", passthrough: ["a", "b", "c"] }),
        stage("each", "foreach", {
          items: "{{list.passthrough}}",
          loop_stages: ["say"],
          filter_expression: "item != 'a'",
        }),
        stage("say", "logger", { message: "m", passthrough: { it: "{{item}}", n: "{{index}}" } }),
      ),
    );
    const second = {
      kind: "output",
      address: at("each"),
      path: ["results", 1, "passthrough", "it"],
    } as const;
    expect(lines(traced(run, second))).toEqual([
      "each.results[1].passthrough.it: passed on as it is",
      "each[2]/say.passthrough.it: passed on as it is",
      "inputs of each[2]/say.passthrough.it: passed on by {{item}}",
      "item of each[2]: passed on as it is",
      "inputs of each.items[2]: passed on by {{list.passthrough}}",
      "list.passthrough[2]: passed on as it is",
      "inputs of list.passthrough[2]: written in the file",
    ]);
    const index = {
      kind: "inputs",
      address: at("say", round("each", 1)),
      path: ["passthrough", "n"],
    } as const;
    expect(lines(traced(run, index)).at(-1)).toBe("index: the run's own");
  });

  test("goes through variables, called pipelines and tries", async () => {
    const run = await ran(
      pipelineOf(
        stage("set", "variable_set", { name: "place", value: { city: "{{input.city}}" } }),
        stage(
          "ask",
          "subpipeline",
          {
            pipeline_id: "./inner.pipeline.json",
            input_data: { where: "{{vars.place.city}}" },
          },
          { depends_on: ["set"] },
        ),
        stage("guard", "trycatch", { try_stages: ["use"] }),
        stage("use", "logger", { message: "m", passthrough: "{{ask.result.passthrough}}" }),
        stage("last", "logger", { message: "m", passthrough: "{{guard.try_result.passthrough}}" }),
      ),
      {
        input: { city: "Bonn" },
        pipelines: {
          "inner.pipeline.json": {
            ...pipelineOf(stage("give", "logger", { message: "m", passthrough: "{{input.where}}" })),
            name: "inner",
          },
        },
      },
    );
    expect(lines(traced(run, { kind: "output", address: at("last"), path: ["passthrough"] }))).toEqual([
      "last.passthrough: passed on as it is",
      "inputs of last.passthrough: passed on by {{guard.try_result.passthrough}}",
      "guard.try_result.passthrough: passed on as it is",
      "guard.try#1/use.passthrough: passed on as it is",
      "inputs of guard.try#1/use.passthrough: passed on by {{ask.result.passthrough}}",
      "ask.result.passthrough: passed on as it is",
      "ask>inner/output of the pipeline.passthrough: passed on as it is",
      "ask>inner/give.passthrough: passed on as it is",
      "inputs of ask>inner/give.passthrough: passed on by {{input.where}}",
      "ask>inner/input.where: passed on as it is",
      "inputs of ask.input_data.where: passed on by {{vars.place.city}}",
      "vars.place.city: passed on as it is",
      "inputs of set.value.city: passed on by {{input.city}}",
      "input.city: given when the run was started",
    ]);
  });

  test("ends at what was set by hand, and only where that was", async () => {
    const pipeline = pipelineOf(
      stage("a", "logger", { message: "m", passthrough: { x: "{{input.x}}", y: "{{input.y}}" } }),
      stage("b", "logger", { message: "m", passthrough: "{{a.passthrough}}" }),
    );
    const run = await ran(pipeline, {
      input: { x: "X", y: "Y" },
      byHand: {
        at: "after a",
        set: { target: { kind: "output" }, path: ["passthrough", "x"], value: "other" },
      },
    });
    const of = (key: string): readonly string[] =>
      lines(traced(run, { kind: "output", address: at("b"), path: ["passthrough", key] }));
    expect(of("x").at(-1)).toBe("a.passthrough.x: set by hand");
    expect(of("y").at(-1)).toBe("input.y: given when the run was started");
    const given = await ran(pipeline, {
      input: { x: "X", y: "Y" },
      byHand: { at: "before b", set: { target: { kind: "inputs" }, path: ["passthrough", "x"], value: "z" } },
    });
    expect(lines(traced(given, { kind: "output", address: at("b"), path: ["passthrough", "x"] }))).toEqual([
      "b.passthrough.x: passed on as it is",
      "inputs of b.passthrough.x: set by hand",
    ]);
  });

  test("says of a list of which items were left out no more than that a component made it", async () => {
    const run = await ran(
      pipelineOf(
        stage("kept", "filter", {
          data: "{{input.list}}",
          condition: "item > 1",
          filter_mode: "filter_array",
        }),
        stage("all", "filter", {
          data: "{{input.list}}",
          condition: "item > 0",
          filter_mode: "filter_array",
        }),
      ),
      // The input of this run is no text.
      { input: { list: [1, 2, 2] } as never },
    );
    const item = (id: string, index: number): readonly string[] =>
      lines(traced(run, { kind: "output", address: at(id), path: ["data", index] }));
    expect(item("kept", 1)).toEqual(["kept.data[1]: made by filter", "of inputs of kept.data"]);
    expect(item("all", 1).at(-1)).toBe("input.list[1]: given when the run was started");
  });

  test("follows an expression from a stage: a path as its value, any other to all that it names", async () => {
    const run = await ran(
      pipelineOf(
        stage("a", "logger", { message: "m", passthrough: "{{input.x}}" }),
        stage("b", "logger", { message: "{{a.passthrough}}" }),
      ),
      { input: { x: "X" } },
    );
    const follow = (text: string): readonly string[] =>
      lines(
        viewOf(run).traceExpression(parseExpression(text), {
          address: at("b"),
          seq: Number.POSITIVE_INFINITY,
          own: (root, path) => (root === "inputs" ? { kind: "inputs", address: at("b"), path } : null),
        }),
      );
    expect(follow("upstream.a.passthrough").at(-1)).toBe("input.x: given when the run was started");
    expect(follow("inputs.message")).toHaveLength(4);
    expect(follow("env.HOME")).toEqual(["env.HOME: the run's own"]);
    expect(follow("upper(a.passthrough) ~ input.x")).toEqual([
      "upper(a.passthrough) ~ input.x: computed by upper(a.passthrough) ~ input.x",
      "of a.passthrough",
      "of input.x",
    ]);
    expect(follow("a.nothing")).toEqual(["a.nothing: nothing is there"]);
  });
});
