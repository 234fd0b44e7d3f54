import {
  addStage,
  addTag,
  dependOn,
  type Edit,
  inBody,
  mapPrompt,
  moveStage,
  place,
  removeStage,
  renameStage,
  setConfig,
  setField,
  setTop,
  together,
  unchanged,
} from "./edits.ts";
import { type Json, type Pipeline, type Stage, type Style, stageOf } from "./pipelines.ts";
import type { Seeded } from "./seeded.ts";

/** What both sides do to a pipeline, and what is right. */
export interface Scene {
  readonly ours: Edit;
  readonly theirs: Edit;
  readonly right: /** What ours does to what theirs has done; or that, and the other way round. */
  "both" | "either order" | "conflict";
  /** How theirs is laid out, if not as the rest. */
  readonly style?: Style;
  /** Writes what theirs says in another dialect. */
  readonly dialect?: (pipeline: Pipeline) => Json;
}

/** A stage of the middle, with those beside it. */
interface Cast {
  readonly random: Seeded;
  readonly pipeline: Pipeline;
  readonly stages: readonly Stage[];
  /** Some stages, different ones and in file order. */
  some(count: number): readonly Stage[];
  /** A stage with a prompt; a new one with each call. */
  withPrompt(): Stage;
  /** A new stage that waits for another one. */
  fresh(id: string, before: string): Stage;
}

export function castOf(random: Seeded, pipeline: Pipeline): Cast {
  const prompts = [...pipeline.stages.filter(({ config }) => "prompt" in config)];
  return {
    random,
    pipeline,
    stages: pipeline.stages,
    some: (count) => random.some(pipeline.stages, count),
    withPrompt() {
      const [stage] = prompts.splice(random.below(prompts.length), 1);
      if (stage === undefined) throw new Error("There is no stage with a prompt left.");
      return stage;
    },
    fresh: (id, before) => stageOf(random, id, 2, [before]),
  };
}

const line = (prompt: string, index: number, text: string): string =>
  prompt.split("\n").with(index, text).join("\n");

/** The categories: what the sides do in one case of each. */
export const categories: Readonly<Record<string, (cast: Cast) => Scene>> = {
  "two stages": ({ some }) => {
    const [one, other] = pairOf(some(2));
    return {
      ours: setField(one.id, "timeout", 30),
      theirs: setField(other.id, "timeout", 60),
      right: "both",
    };
  },
  "two fields of a stage": ({ withPrompt }) => {
    const { id } = withPrompt();
    return {
      ours: setConfig(id, "max_tokens", 999),
      theirs: setField(id, "retry", { max_attempts: 5 }),
      right: "both",
    };
  },
  "the same edit": ({ withPrompt }) => {
    const edit = setConfig(withPrompt().id, "max_tokens", 77);
    return { ours: edit, theirs: edit, right: "both" };
  },
  "one value twice": ({ withPrompt }) => {
    const { id } = withPrompt();
    return {
      ours: setConfig(id, "max_tokens", 1),
      theirs: setConfig(id, "max_tokens", 2),
      right: "conflict",
    };
  },
  "both append": ({ stages, fresh }) => {
    const last = stages.at(-1)?.id ?? "";
    return {
      ours: addStage(fresh("mail_them", last)),
      theirs: addStage(fresh("file_them", last)),
      right: "either order",
    };
  },
  "both insert": ({ some, fresh }) => {
    const [one, other] = pairOf(some(2));
    return {
      ours: addStage(fresh("mail_them", one.id), one.id),
      theirs: addStage(fresh("file_them", other.id), other.id),
      right: "both",
    };
  },
  "one id added twice": ({ stages, fresh }) => {
    const last = stages.at(-1)?.id ?? "";
    const generator: Stage = {
      id: "mail_them",
      component_type: "generator",
      depends_on: [last],
      config: { prompt: "Write a letter to each of them, and be brief." },
    };
    return { ours: addStage(fresh("mail_them", last)), theirs: addStage(generator), right: "conflict" };
  },
  "one stage added by both": ({ stages, fresh }) => {
    const edit = addStage(fresh("mail_them", stages.at(-1)?.id ?? ""));
    return { ours: edit, theirs: edit, right: "both" };
  },
  "removed and untouched": ({ random, stages }) => ({
    ours: removeLast(stages),
    theirs: setField(random.pick(stages.slice(0, -2)).id, "timeout", 20),
    right: "both",
  }),
  "removed and edited": ({ stages }) => ({
    ours: removeLast(stages),
    theirs: setField(lastOf(stages).id, "timeout", 90),
    right: "conflict",
  }),
  "removed by both": ({ stages }) => {
    const edit = removeLast(stages);
    return { ours: edit, theirs: edit, right: "both" };
  },
  "moved and edited": ({ random, stages }) => {
    const { id } = random.pick(stages.slice(1));
    return { ours: moveStage(id, 0), theirs: setField(id, "timeout", 10), right: "both" };
  },
  "moved, and another edited": ({ random, stages, some }) => {
    const [one, other] = pairOf(some(2));
    return {
      ours: moveStage(one.id, random.below(2) * (stages.length - 1)),
      theirs: setField(other.id, "timeout", 10),
      right: "both",
    };
  },
  "renamed and edited": ({ random, stages }) => {
    const { id } = random.pick(stages);
    return { ours: renameStage(id, `${id}_new`), theirs: setField(id, "timeout", 10), right: "both" };
  },
  "renamed and referred to": ({ random, stages, fresh }) => {
    const { id } = random.pick(stages);
    // What theirs adds means the stage that has another id now.
    return {
      ours: renameStage(id, `${id}_new`),
      theirs: addStage(fresh("mail_them", id)),
      right: "both",
    };
  },
  "renamed twice": ({ random, stages }) => {
    const { id } = random.pick(stages);
    return { ours: renameStage(id, `${id}_one`), theirs: renameStage(id, `${id}_two`), right: "conflict" };
  },
  "removed and referred to": ({ stages, fresh }) => {
    const { id } = lastOf(stages);
    return { ours: removeLast(stages), theirs: addStage(fresh("mail_them", id)), right: "conflict" };
  },
  "a circle of two": ({ random }) => {
    // Two stages that do not wait for each other; each side lets another one wait.
    const [one, other] = ["left_side", "right_side"];
    const first = random.below(2) === 0;
    return {
      ours: dependOn(first ? one : other, first ? other : one),
      theirs: dependOn(first ? other : one, first ? one : other),
      right: "conflict",
    };
  },
  "reformatted and edited": ({ random, withPrompt }) => ({
    ours: setConfig(withPrompt().id, "max_tokens", 5),
    theirs: setTop("description", "Another line."),
    right: "both",
    style: { indent: random.pick([4, "\t", 0]), newline: random.pick(["\n", "\r\n"]) },
  }),
  "only reformatted": ({ random, some }) => ({
    ours: setField(pairOf(some(2))[0].id, "timeout", 15),
    theirs: unchanged,
    right: "both",
    style: { indent: random.pick([4, "\t"]), newline: "\r\n" },
  }),
  "two lines of a prompt": ({ withPrompt }) => {
    const { id } = withPrompt();
    return {
      ours: mapPrompt(id, (prompt) => line(prompt, 0, "Read it twice.")),
      theirs: mapPrompt(id, (prompt) => line(prompt, 3, "Write a table.")),
      right: "both",
    };
  },
  "one line of a prompt twice": ({ withPrompt }) => {
    const { id } = withPrompt();
    return {
      ours: mapPrompt(id, (prompt) => line(prompt, 1, "Answer in French.")),
      theirs: mapPrompt(id, (prompt) => line(prompt, 1, "Draw a picture of it all.")),
      right: "conflict",
    };
  },
  "both add to a list": ({ some }) => {
    const { id } = pairOf(some(2))[0];
    return { ours: addTag(id, "ours"), theirs: addTag(id, "theirs"), right: "either order" };
  },
  "both wait for more": ({ stages }) => {
    const { id } = lastOf(stages);
    return {
      ours: dependOn(id, "left_side"),
      theirs: dependOn(id, "right_side"),
      right: "either order",
    };
  },
  "drawn elsewhere by both": ({ random, some }) => {
    const { id } = pairOf(some(2))[0];
    // Where something is drawn is never a conflict.
    return {
      ours: place(id, 10 * random.below(50), 0),
      theirs: place(id, 10 * random.below(50), 500),
      right: "either order",
    };
  },
  "unknown keys": ({ some }) => {
    const [one, other] = pairOf(some(2));
    return {
      ours: setField(one.id, "x-owner", { team: "desk", since: 2024 }),
      theirs: together(setField(other.id, "x-owner", { team: "mail" }), setTop("x-audit", [1, 2])),
      right: "both",
    };
  },
  "another output and a new reader": ({ withPrompt }) => {
    const { id } = withPrompt();
    const reader: Stage = {
      id: "mail_them",
      component_type: "logger",
      depends_on: [id],
      config: { message: `{{upstream.${id}.content}}` },
    };
    return {
      ours: together(
        setField(id, "component_type", "http_request"),
        setField(id, "config", { url: "https://example.com" }),
      ),
      theirs: addStage(reader),
      right: "conflict",
    };
  },
  "two stages of a body": () => ({
    ours: inBody("each_one", (body) =>
      body.with(0, { id: "inner_first", component_type: "logger", config: {} }),
    ),
    theirs: inBody("each_one", (body) => [...body, { id: "inner_more", component_type: "logger" }]),
    right: "both",
  }),
  "a loop removed and its body edited": () => ({
    ours: removeStage("each_one"),
    theirs: inBody("each_one", (body) => body.slice(0, 1)),
    right: "conflict",
  }),
  "put into two branches": () => ({
    ours: setConfig("guarded", "try_stages", ["left_side", "right_side"]),
    theirs: setConfig("guarded", "catch_stages", ["right_side"]),
    right: "conflict",
  }),
  "put into a branch and edited": () => ({
    ours: setConfig("guarded", "try_stages", ["left_side", "right_side"]),
    theirs: setConfig("right_side", "message", "Another word."),
    right: "both",
  }),
  "another dialect": ({ withPrompt }) => ({
    ours: setConfig(withPrompt().id, "max_tokens", 4),
    theirs: setConfig(withPrompt().id, "max_tokens", 9),
    right: "both",
    dialect: asMap,
  }),
};

/** The dialect with an object of stages, `component` and no position. */
function asMap({ stages, ...fields }: Pipeline): Json {
  return {
    ...fields,
    stages: Object.fromEntries(
      stages.map(({ id, component_type, ...rest }) => [id, { component: component_type, ...rest }]),
    ),
  };
}

function pairOf([one, other]: readonly Stage[]): readonly [Stage, Stage] {
  if (one === undefined || other === undefined) throw new Error("There are fewer than two stages.");
  return [one, other];
}

function lastOf(stages: readonly Stage[]): Stage {
  return pairOf(stages.slice(-2))[1];
}

/** Nothing refers to the last stage but the pipeline, which then gives what the one before it gives. */
function removeLast(stages: readonly Stage[]): Edit {
  const [before, last] = pairOf(stages.slice(-2));
  return together(removeStage(last.id), setTop("output_stage", before.id));
}
