import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "#core/ports";

/** An effect that can be counted: a line in the file `effects` for each time that the stage runs. */
function effect(id: string, more: JsonObject = {}, said = id): JsonObject {
  return {
    id,
    component_type: "command",
    config: { command: `echo '${said}' >> effects; echo '${said}'` },
    ...more,
  };
}

function value(id: string, template: JsonObject, more: JsonObject = {}): JsonObject {
  return { id, component_type: "json_transform", config: { template }, ...more };
}

/** A project of 30 stages: a chain, a fan, loops in loops, a branch, a try that catches, a called pipeline, variables. */
export function writeCrashProject(folder: string): void {
  mkdirSync(join(folder, "pipelines"), { recursive: true });
  const child = {
    name: "child",
    output_stage_id: "out",
    stages: [
      effect("taken", {}, "child {{ input.n }}"),
      value("out", { told: "{{ taken.output.value }}", n: "{{ input.n * 2 }}" }, { depends_on: ["taken"] }),
    ],
  };
  const stages: readonly JsonObject[] = [
    value("start", { n: 7 }),
    effect("pay", { depends_on: ["start"] }),
    {
      id: "keep",
      component_type: "variable_set",
      config: { name: "kept", value: "{{ start.n }}" },
      depends_on: ["pay"],
    },
    ...[1, 2, 3, 4].map((n) => value(`fan${n}`, { n }, { depends_on: ["keep"] })),
    value(
      "joined",
      { sum: "{{ fan1.n + fan2.n + fan3.n + fan4.n }}" },
      { depends_on: ["fan1", "fan2", "fan3", "fan4"] },
    ),
    {
      id: "each",
      component_type: "foreach",
      config: {
        items: "{{ [1, 2, 3] }}",
        loop_stages: ["mail", "inner", "told"],
        parallel: true,
        max_parallel: 2,
      },
      depends_on: ["joined"],
    },
    effect("mail", {}, "mail {{ item }}"),
    {
      id: "inner",
      component_type: "foreach",
      config: { items: "{{ ['a', 'b'] }}", item_variable: "letter", loop_stages: ["spell"] },
    },
    value("spell", { word: "{{ letter }}{{ letter }}" }),
    value(
      "told",
      { mail: "{{ mail.output.value }}", words: "{{ inner.output.results }}" },
      { depends_on: ["mail", "inner"] },
    ),
    {
      id: "which",
      component_type: "conditional",
      config: { condition: "{{ joined.sum > 5 }}", true_stages: ["yes"], false_stages: ["no"] },
      depends_on: ["each"],
    },
    effect("yes"),
    effect("no"),
    {
      id: "guard",
      component_type: "trycatch",
      config: { try_stages: ["risky"], catch_stages: ["mend"], finally_stages: ["tidy"] },
      depends_on: ["which"],
    },
    { id: "risky", component_type: "command", config: { command: "echo risky >> effects; exit 3" } },
    effect("mend"),
    effect("tidy"),
    {
      id: "call",
      component_type: "subpipeline",
      config: { pipeline_id: "child", input_data: { n: 21 } },
      depends_on: ["guard"],
    },
    ...[1, 2, 3].map((n) =>
      value(`after${n}`, { n: `{{ call.output.result.n + ${n} }}` }, { depends_on: ["call"] }),
    ),
    effect("bill", { depends_on: ["after1", "after2", "after3"] }),
    value(
      "end",
      {
        sum: "{{ joined.sum }}",
        kept: "{{ vars.kept }}",
        mails: "{{ each.output.results }}",
        child: "{{ call.output.result }}",
        after: "{{ [after1.n, after2.n, after3.n] }}",
        bill: "{{ bill.output.value }}",
      },
      { depends_on: ["bill"] },
    ),
  ];
  writeFileSync(join(folder, "flowmason.json"), "{}");
  writeFileSync(join(folder, "pipelines/child.pipeline.json"), JSON.stringify(child, null, 1));
  writeFileSync(
    join(folder, "pipelines/main.pipeline.json"),
    JSON.stringify({ name: "main", output_stage_id: "end", stages }, null, 1),
  );
}

/** The effects of a run in which nothing was done twice. */
export const effectsOnce: readonly string[] = [
  ...["bill", "child 21", "mail 1", "mail 2", "mail 3", "mend", "pay", "risky", "tidy", "yes"],
];
