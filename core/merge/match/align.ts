import type { PipelineContent } from "../content/content.ts";
import { readText } from "../content/read-text.ts";
import { matchStages } from "./match-stages.ts";
import { renameInText } from "./rename-text.ts";

/** A stage that has another id, by its keys before and after. */
export interface StageRename {
  readonly from: string;
  readonly to: string;
}

/** A pipeline with the keys and names of another: the same stage has the same key in both. */
export interface Aligned {
  readonly content: PipelineContent;
  readonly text: string;
  readonly renames: readonly StageRename[];
  /** Keys of the pipeline as it was -> as they are, where they differ. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Gives the stages of `before` the names that they have in `after`, in all that names them, so that a stage that was
 * renamed is the same stage, and so are the edges to it.
 */
export function alignTo(
  before: { readonly text: string; readonly content: PipelineContent },
  after: PipelineContent,
): Aligned {
  const match = matchStages(before.content, after);
  const ids = new Map<string, string | null>();
  for (const { key, id } of after.stages) ids.set(key, id);
  const renames = before.content.stages.flatMap(({ key, id }) => {
    const to = match.to.get(key);
    const newId = to === undefined ? null : (ids.get(to) ?? null);
    return to === undefined || newId === null || newId === id ? [] : [{ from: key, to, newId }];
  });
  if (renames.length > 0) {
    const text = renameInText(before.text, new Map(renames.map(({ from, newId }) => [from, newId])));
    const read = text === null ? null : readText(text);
    if (read?.ok === true) return rekeyed(before, read.pipeline, match.to, renames);
  }
  // Where an expression cannot follow, the stages are others.
  const followed = new Map(match.to);
  for (const { from } of renames) followed.delete(from);
  return rekeyed(before, before, followed, []);
}

function rekeyed(
  before: { readonly content: PipelineContent },
  { text, content }: { readonly text: string; readonly content: PipelineContent },
  to: ReadonlyMap<string, string>,
  renames: readonly StageRename[],
): Aligned {
  const keys = new Map<string, string>();
  for (const [from, other] of to) if (from !== other) keys.set(from, other);
  if (keys.size === 0) return { content, text, renames: [], keys };
  return {
    content: rekeyContent(before.content, content, keys),
    text,
    keys,
    renames: renames.map(({ from, to: now }) => ({ from, to: now })),
  };
}

/** `content`, in which stages may have other ids than in `before`, with keys by those of `before`. */
export function rekeyContent(
  before: PipelineContent,
  content: PipelineContent,
  keys: ReadonlyMap<string, string>,
): PipelineContent {
  const stages = content.stages.map((stage, index) => {
    const old = before.stages[index];
    const place = old?.place ?? null;
    const key = old?.key ?? stage.key;
    return {
      ...stage,
      key: keys.get(key) ?? key,
      place:
        stage.place === null || place === null
          ? null
          : { owner: keys.get(place.owner) ?? place.owner, path: stage.place.path },
    };
  });
  return { ...content, stages };
}
