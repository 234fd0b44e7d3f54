import { type Inheriting, inheritingOf, type PipelineDocument } from "#core/pipeline";
import type { StageOrigin } from "#protocol";

/** That a stage is of a parent, and what this file does to it. */
export interface InheritedMark {
  readonly standing: Exclude<Inheriting, "own">;
  /** The pipeline that has it, by its name, and the path of its file in the project. */
  readonly pipeline: string;
  readonly path: string;
}

/** What marks need to know. */
export interface MarkSource {
  /** The file's own document. */
  readonly document: PipelineDocument;
  readonly parent: PipelineDocument;
  readonly origins: ReadonlyMap<string, StageOrigin>;
}

/** The mark of a stage; null for the file's own. */
export function inheritedMark({ document, parent, origins }: MarkSource, id: string): InheritedMark | null {
  const standing = inheritingOf(document, parent, id);
  if (standing === "own") return null;
  const { pipeline = "", path = "" } = origins.get(id) ?? {};
  return { standing, pipeline, path };
}

/** Whether two marks say the same. */
export function isSameMark(one: InheritedMark | null, other: InheritedMark | null): boolean {
  return (
    one === other ||
    (one?.standing === other?.standing && one?.path === other?.path && one?.pipeline === other?.pipeline)
  );
}

/** The mark in words: `inherited from base.pipeline.json, changed here`. */
export function markWords({ standing, path }: InheritedMark): string {
  switch (standing) {
    case "inherited":
      return `inherited from ${path}`;
    case "overridden":
      return `inherited from ${path}, changed here`;
    case "replaced":
      return `in place of the stage of ${path}`;
  }
}

/** Whether the file has nothing of the stage but what it changes. */
export function isElsewhere(mark: InheritedMark | null): mark is InheritedMark {
  return mark !== null && mark.standing !== "replaced";
}
