import fc from "fast-check";
import type { PlainPipeline, PlainStage } from "./arbitrary-pipeline.ts";

/** One thing that somebody does to a pipeline; its numbers choose among what is there. */
export interface Step {
  readonly act: (typeof acts)[number];
  readonly at: number;
  readonly to: number;
  readonly word: string;
}

const acts = [
  "add",
  "remove",
  "rename",
  "reorder",
  "config",
  "text",
  "text",
  "depend",
  "undepend",
  "field",
  "unset",
  "move",
  "top",
  "layout",
  "nest",
  "branch",
  "branch",
  "component",
] as const;

export const arbitraryStep: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  at: fc.nat(20),
  to: fc.nat(20),
  word: fc.constantFrom("alpha", "beta", "gamma", "__proto__", "delta"),
});

/** What somebody does to a pipeline in a while. */
export const arbitrarySteps: fc.Arbitrary<readonly Step[]> = fc.array(arbitraryStep, { maxLength: 6 });

/** A pipeline after some steps; a new value, also where nothing changes. Its stages keep the way they are written. */
export function evolved(pipeline: PlainPipeline, steps: readonly Step[]): PlainPipeline {
  return steps.reduce(step, structuredClone(pipeline));
}

type Entry = readonly [id: string, stage: PlainStage];

function step(pipeline: PlainPipeline, { act, at, to, word }: Step): PlainPipeline {
  const entries = entriesOf(pipeline);
  const index = entries.length === 0 ? -1 : at % entries.length;
  const [id, stage] = entries[index] ?? [null, {}];
  const key = Array.isArray(pipeline.stages) ? "component_type" : "component";
  const put = (changed: PlainStage): PlainPipeline =>
    withEntries(
      pipeline,
      entries.map((entry, place): Entry => (place === index ? [entry[0], changed] : entry)),
    );
  if (act === "add") {
    // Some have an id that others rename a stage to.
    const name = word === "delta" ? `r${to}` : `n${word.replaceAll("_", "")}${to}`;
    if (entries.some(([other]) => other === name)) return pipeline;
    const added: Entry = [
      name,
      { [key]: "generator", config: { prompt: `Write about ${word} and ${to} more.` } },
    ];
    return withEntries(pipeline, entries.toSpliced(at % (entries.length + 1), 0, added));
  }
  if (act === "top")
    return { ...pipeline, [`x_${word}`]: to, ...(to > 10 ? { description: `A ${word} of ${to}.` } : {}) };
  if (act === "layout")
    return {
      ...pipeline,
      layout: { ...(pipeline["layout"] as object | undefined), [id ?? "a"]: { x: to, y: at } },
    };
  if (id === null) return pipeline;
  switch (act) {
    case "remove":
      return withEntries(
        pipeline,
        entries.toSpliced(index, 1).map(([other, value]): Entry => [other, without(value, id)]),
      );
    case "rename": {
      const name = `r${to}`;
      if (entries.some(([other]) => other === name)) return pipeline;
      const renamed = entries.map(
        ([other, value]): Entry => [other === id ? name : other, follow(value, id, name)],
      );
      const layout = pipeline["layout"] as Readonly<Record<string, unknown>> | undefined;
      const places = Object.entries(layout ?? {}).map(
        ([line, value]) => [line === id ? name : line, value] as const,
      );
      const output = pipeline["output_stage_id"] === id ? { output_stage_id: name } : {};
      return withEntries(
        { ...pipeline, ...(layout === undefined ? {} : { layout: Object.fromEntries(places) }), ...output },
        renamed,
      );
    }
    case "reorder": {
      const left = entries.toSpliced(index, 1);
      return withEntries(pipeline, left.toSpliced(to % (left.length + 1), 0, [id, stage]));
    }
    case "config":
      return put({ ...stage, config: own(stage["config"] as object | undefined, word, to) });
    case "text": {
      const config = stage["config"] as Readonly<Record<string, unknown>> | undefined;
      const text = typeof config?.["prompt"] === "string" ? config["prompt"] : LONG;
      const words = (text.length < 20 ? LONG : text).split(" ");
      words[to % words.length] = `${word}${at}`;
      return put({ ...stage, config: own(config, "prompt", words.join(" ")) });
    }
    case "depend": {
      const other = entries[to % entries.length]?.[0] ?? id;
      const list = (stage["depends_on"] as readonly string[] | undefined) ?? [];
      return to % entries.length >= index || list.includes(other)
        ? pipeline
        : put({ ...stage, depends_on: [...list, other] });
    }
    case "undepend":
      return put({
        ...stage,
        depends_on: ((stage["depends_on"] as readonly string[] | undefined) ?? []).slice(1),
      });
    case "field":
      return put(own(stage, `f_${word}`, to > 10 ? { deep: [to] } : to));
    case "unset":
      return put(
        Object.fromEntries(Object.entries(stage).filter(([name]) => name !== "custom" && name !== "name")),
      );
    case "move":
      return put({ ...stage, position: { x: to, y: at } });
    case "branch": {
      // A stage is in one branch: into this one, out of every other.
      const member = entries[to % entries.length]?.[0] ?? id;
      if (member === id) return pipeline;
      const arm = word === "alpha" || word === "beta" ? "true_stages" : "false_stages";
      return withEntries(
        pipeline,
        entries.map(([other, value]): Entry => {
          const left = withoutBranch(value, member);
          const list = (left["config"] as Readonly<Record<string, unknown>> | undefined)?.[arm];
          return other === id
            ? [
                other,
                {
                  ...left,
                  ["component" in left ? "component" : key]: "conditional",
                  config: own(left["config"] as object, arm, [
                    ...(Array.isArray(list) ? (list as unknown[]) : []),
                    member,
                  ]),
                },
              ]
            : [other, left];
        }),
      );
    }
    case "component":
      return put({
        ...stage,
        ["component" in stage ? "component" : key]: to > 10 ? "logger" : "json_transform",
      });
    case "nest": {
      const body = stage["loop_stages"] as Readonly<Record<string, PlainStage>> | undefined;
      if (body === undefined || Array.isArray(body)) return pipeline;
      const [first, ...rest] = Object.entries(body);
      if (first === undefined || entries.some(([other]) => other === first[0])) return pipeline;
      const emptied = entries.map(
        ([other, value]): Entry => [
          other,
          other === id ? { ...value, loop_stages: Object.fromEntries(rest) } : value,
        ],
      );
      return withEntries(pipeline, [...emptied, first]);
    }
  }
}

const ARMS = ["true_stages", "false_stages", "loop_stages"];

function withoutBranch(stage: PlainStage, id: string): PlainStage {
  const config = stage["config"];
  if (typeof config !== "object" || config === null) return stage;
  const entries = Object.entries(config).map(([key, value]): readonly [string, unknown] => [
    key,
    ARMS.includes(key) && Array.isArray(value) ? value.filter((each) => each !== id) : value,
  ]);
  return { ...stage, config: Object.fromEntries(entries) };
}

const LONG =
  "You read what people write to us and say in one sentence what they want, and how urgent that is for them.";

function own(object: object | undefined, key: string, value: unknown): PlainStage {
  return { ...object, [key]: value };
}

function entriesOf({ stages }: PlainPipeline): readonly Entry[] {
  if (!Array.isArray(stages)) return Object.entries(stages);
  return (stages as readonly PlainStage[]).map(({ id, ...stage }): Entry => [String(id), stage]);
}

function withEntries(pipeline: PlainPipeline, entries: readonly Entry[]): PlainPipeline {
  const stages = Array.isArray(pipeline.stages)
    ? entries.map(([id, stage]) => ({ id, ...stage }))
    : Object.fromEntries(entries);
  return { ...pipeline, stages };
}

function without(stage: PlainStage, id: string): PlainStage {
  const list = stage["depends_on"] as readonly string[] | undefined;
  return list?.includes(id) === true ? { ...stage, depends_on: list.filter((other) => other !== id) } : stage;
}

function follow(stage: PlainStage, id: string, name: string): PlainStage {
  const text = JSON.stringify(stage);
  return JSON.parse(
    text
      .replaceAll(`{{upstream.${id}.`, `{{upstream.${name}.`)
      .replaceAll(`{{${id}.output`, `{{${name}.output`)
      .replaceAll(`"${id}"`, `"${name}"`)
      .replaceAll(`"${name}":`, `"${id}":`),
  ) as PlainStage;
}
