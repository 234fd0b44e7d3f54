import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Project } from "#core/component-definitions";
import type { RunPlan } from "#core/engine";
import { nearest } from "#core/expressions";
import {
  fieldNamed,
  type PipelineDocument,
  parseComponentType,
  parsePipeline,
  pipelineGraph,
  stageById,
} from "#core/pipeline";
import type { FunctionPlace } from "./function-name.ts";

/** What a name in a breakpoint is in the run that it is for. */
export type Named =
  /** A stage; `path` is absolute, and null where it is the launched pipeline that has it, be it inherited. */
  | { readonly kind: "stage"; readonly path: string | null; readonly stage: string }
  | { readonly kind: "edge"; readonly path: string | null; readonly from: string; readonly to: string }
  /** All stages of a component type, in whatever file. */
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "unknown"; readonly message: string };

/** A run, or the record of one, whose names are looked up; `root` and `path` are absolute. */
export interface NamedIn extends Pick<Project, "definitions"> {
  readonly plan: RunPlan;
  readonly root: string;
  /** Of the launched pipeline. */
  readonly path: string;
}

/** Looks a name up in what is about to run. */
export type NameLookup = (place: FunctionPlace) => Promise<Named>;

/** The names of a launch: stages of its pipeline, component types, and stages of other files by their paths. */
export function namesOf({ plan, definitions, root, path: launched }: NamedIn): NameLookup {
  return async ({ moment, path: written, name }) => {
    if (written !== null) {
      const found = await fileNamed(root, written);
      if (found === null) return noFile(written);
      const { path, document } = found;
      return moment === "edge" ? edgeIn(document, path, name) : stageIn(document, path, name);
    }
    if (moment === "edge") return edgeIn(plan.resolved.document, null, name);
    if (plan.stages.has(name)) return { kind: "stage", path: null, stage: name };
    const { type } = parseComponentType(name);
    if (definitions.has(type)) return { kind: "type", type };
    const similar = nearest(name, [...plan.stages.keys(), ...definitions.keys()]);
    const hint = similar === undefined ? "" : ` Did you mean "${similar}"?`;
    return {
      kind: "unknown",
      message: `"${name}" is neither a stage of ${basename(launched)} nor a component type.${hint} Stages of other files are written as path#stage.`,
    };
  };
}

function stageIn(document: PipelineDocument, path: string, stage: string): Named {
  if (
    stageById(document, stage) === undefined &&
    fieldNamed(document.pipeline.overrides, stage) === undefined
  ) {
    const similar = nearest(
      stage,
      document.pipeline.stages.map(({ id }) => id),
    );
    const hint = similar === undefined ? "" : ` Did you mean "${similar}"?`;
    return { kind: "unknown", message: `There is no stage "${stage}" in ${basename(path)}.${hint}` };
  }
  return { kind: "stage", path, stage };
}

function edgeIn(document: PipelineDocument, path: string | null, name: string): Named {
  const { edges } = pipelineGraph(document);
  const [from = "", to = ""] = name.split("->").map((id) => id.trim());
  if (edges.some((edge) => edge.from === from && edge.to === to)) return { kind: "edge", path, from, to };
  const similar = nearest(
    `${from}->${to}`,
    edges.map((edge) => `${edge.from}->${edge.to}`),
  );
  const hint = similar === undefined ? "" : ` Did you mean "edge:${similar}"?`;
  return { kind: "unknown", message: `There is no edge "${name}"; write it as "edge:from->to".${hint}` };
}

/** A file by its path from the project, or from a folder around it: what a client has open may be more than the project. */
async function fileNamed(
  root: string,
  written: string,
): Promise<{ readonly path: string; readonly document: PipelineDocument } | null> {
  const path = resolve(root, written);
  const document = await documentAt(path);
  if (document !== null) return { path, document };
  const around = dirname(root);
  return around === root ? null : await fileNamed(around, written);
}

async function documentAt(path: string): Promise<PipelineDocument | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : parsePipeline(text);
}

function noFile(written: string): Named {
  return {
    kind: "unknown",
    message: `There is no readable file ${written} in the workspace; write its path from the workspace's root.`,
  };
}
