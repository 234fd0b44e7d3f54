import type { PipelineContent, StageContent } from "../content/content.ts";
import type { LeftOut } from "../three-way/left-out.ts";
import { type Mention, mentionsOf, type Names } from "./mentions.ts";

/** That a stage waits for another, and where that is written: what is in a branch waits for the stage whose branch it is. */
export interface Wait {
  readonly waiting: string;
  readonly awaited: string;
  /** The key of the stage in which it is written. */
  readonly owner: string;
  readonly mention: Mention;
}

/** What is waited for in a stage, by the mentions in it that `named` finds. */
export function waitsOf(
  stage: StageContent,
  ids: Names,
  named: (stage: StageContent, ids: Names) => readonly Mention[] = mentionsOf,
): readonly Wait[] {
  const own = stage.id ?? stage.key;
  return named(stage, ids).map((mention) => ({
    waiting: mention.kind === "arm" ? mention.id : own,
    awaited: mention.kind === "arm" ? own : mention.id,
    owner: stage.key,
    mention,
  }));
}

/** What the stages of a pipeline are called. */
export function idsOf({ stages }: Pick<PipelineContent, "stages">): ReadonlySet<string> {
  return new Set(stages.map(({ id, key }) => id ?? key));
}

/** The same with what was left out. */
export function idsIn(content: PipelineContent, leftOut: LeftOut): Names {
  const ids = idsOf(content);
  return { has: (id) => ids.has(id) || leftOut.has(id) };
}

/** Reading what a stage gave is less than waiting for it: what only read it before and waits now is new. */
export function nameOf({ waiting, awaited, mention }: Wait): string {
  return JSON.stringify([waiting, awaited, mention.kind === "expression" ? "reads" : "waits"]);
}
