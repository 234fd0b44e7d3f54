import type { Json, Pipeline, Stage } from "./pipelines.ts";

/** What a person does to a pipeline. */
export type Edit = (pipeline: Pipeline) => Pipeline;

export const together =
  (...edits: readonly Edit[]): Edit =>
  (pipeline) =>
    edits.reduce((edited, edit) => edit(edited), pipeline);

export const unchanged: Edit = (pipeline) => pipeline;

const onStage =
  (id: string, change: (stage: Stage) => Stage): Edit =>
  (pipeline) => ({
    ...pipeline,
    stages: pipeline.stages.map((stage) => (stage.id === id ? change(stage) : stage)),
  });

export const setConfig = (id: string, key: string, value: Json): Edit =>
  onStage(id, (stage) => ({ ...stage, config: { ...stage.config, [key]: value } }));

export const setField = (id: string, key: string, value: Json): Edit =>
  onStage(id, (stage) => ({ ...stage, [key]: value }));

export const setTop =
  (key: string, value: Json): Edit =>
  (pipeline) => ({ ...pipeline, [key]: value });

export const mapPrompt = (id: string, change: (prompt: string) => string): Edit =>
  onStage(id, (stage) => ({
    ...stage,
    config: { ...stage.config, prompt: change(promptOf(stage)) },
  }));

/** Adds a stage behind another one; at the end where there is none. */
export const addStage =
  (stage: Stage, behind?: string): Edit =>
  (pipeline) => {
    const index = pipeline.stages.findIndex(({ id }) => id === behind);
    const at = index < 0 ? pipeline.stages.length : index + 1;
    return { ...pipeline, stages: pipeline.stages.toSpliced(at, 0, stage) };
  };

export const removeStage =
  (id: string): Edit =>
  (pipeline) => ({ ...pipeline, stages: pipeline.stages.filter((stage) => stage.id !== id) });

/** Puts a stage somewhere else in the list. */
export const moveStage =
  (id: string, to: number): Edit =>
  (pipeline) => {
    const from = pipeline.stages.findIndex((stage) => stage.id === id);
    const left = pipeline.stages.toSpliced(from, 1);
    return { ...pipeline, stages: left.toSpliced(to, 0, ...pipeline.stages.slice(from, from + 1)) };
  };

export const dependOn = (id: string, awaited: string): Edit =>
  onStage(id, (stage) => ({ ...stage, depends_on: [...stage.depends_on, awaited] }));

export const addTag = (id: string, tag: string): Edit =>
  onStage(id, (stage) => ({ ...stage, tags: [...(Array.isArray(stage["tags"]) ? stage["tags"] : []), tag] }));

/** Gives a stage another id, in all that refers to it too. */
export const renameStage =
  (from: string, to: string): Edit =>
  (pipeline) => {
    const renamed = (value: Json): Json => {
      if (typeof value === "string")
        return value === from ? to : value.replaceAll(`upstream.${from}.`, `upstream.${to}.`);
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(renamed);
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renamed(member)]));
    };
    // What a pipeline's values become keeps the shape of a pipeline.
    return renamed(pipeline) as Pipeline;
  };

/** Changes the stages in the body of a loop. */
export const inBody = (loop: string, change: (body: readonly Json[]) => readonly Json[]): Edit =>
  onStage(loop, (stage) => ({
    ...stage,
    loop_stages: change(Array.isArray(stage["loop_stages"]) ? stage["loop_stages"] : []),
  }));

export const place = (id: string, x: number, y: number): Edit => setField(id, "position", { x, y });

function promptOf({ id, config }: Stage): string {
  const { prompt } = config;
  if (typeof prompt !== "string") throw new Error(`The stage "${id}" has no prompt.`);
  return prompt;
}
