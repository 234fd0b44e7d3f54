import { rewriteText } from "#core/pipeline";
import { contentToJson } from "../content/content-to-json.ts";
import { readText } from "../content/read-text.ts";
import { respelled } from "../content/spelling.ts";
import type { Choice, Decision, Side } from "./decision.ts";
import { mergeContents } from "./merge-contents.ts";
import { type Merging, sameValue, type Three } from "./merging.ts";
import { sameMeaning } from "./same-meaning.ts";
import { inSameSpelling } from "./same-spelling.ts";
import { sharingValues } from "./share-values.ts";
import { type Readable, withSharedNames } from "./shared-names.ts";

/** What is decided beforehand: by a decision's id; `favor` is for all others that would be open. */
export interface MergeOptions {
  readonly choices?: ReadonlyMap<string, Choice>;
  readonly favor?: Side;
}

export type MergeResult =
  | {
      readonly ok: true;
      /** The merged pipeline: the text of ours with as little of it changed as that takes. */
      readonly text: string;
      readonly decisions: readonly Decision[];
    }
  /** One of the texts is no pipeline. */
  | { readonly ok: false; readonly side: Side | "base"; readonly message: string };

/**
 * Merges two pipelines that came from one, property by property; `base` is null where both sides made the file. What both
 * changed to different things is as ours has it, and an open decision. Where only one side changed the text, the result
 * is that side's.
 */
export function mergePipelines(
  base: string | null,
  ours: string,
  theirs: string,
  options: MergeOptions = {},
): MergeResult {
  if (ours === theirs || base === theirs) return { ok: true, text: ours, decisions: [] };
  if (base === ours) return { ok: true, text: theirs, decisions: [] };
  const own = readText(ours);
  if (!own.ok) return { ok: false, side: "ours", message: own.message };
  const other = readText(theirs);
  if (!other.ok) return { ok: false, side: "theirs", message: other.message };
  const old = readText(base ?? "{}");
  if (!old.ok) return { ok: false, side: "base", message: old.message };
  return {
    ok: true,
    ...mergeRead({ base: old, ours: own, theirs: other }, base === null ? "none" : "common", options),
  };
}

function mergeRead(
  sides: Three<Readable>,
  origin: "common" | "none",
  { choices = new Map(), favor }: MergeOptions,
): { readonly text: string; readonly decisions: readonly Decision[] } {
  const choiceOf = (id: string): Choice | undefined => choices.get(id);
  const spelled = {
    base: respelled(sides.base, sides.ours.content),
    ours: sides.ours,
    theirs: respelled(sides.theirs, sides.ours.content),
  };
  const isMixed = spelled.base !== sides.base || spelled.theirs !== sides.theirs;
  const same = isMixed ? sameMeaning : sameValue;
  const naming: Merging = {
    decisions: [],
    choiceOf,
    favor,
    forced: new Map(),
    dropped: new Map(),
    renamedAndRemoved: new Map(),
    same,
  };
  const { renamedAndRemoved, ...named } = withSharedNames(naming, spelled);
  const contents = sharingValues(
    inSameSpelling({
      base: named.base.content,
      ours: named.ours.content,
      theirs: named.theirs.content,
    }),
  );
  const { content, decisions } = mergeContents(contents, origin, {
    ...naming,
    renamedAndRemoved,
  });
  const { json, ordered } = contentToJson(content);
  return {
    text: rewriteText(named.ours.text, json, ordered),
    decisions: [...naming.decisions, ...decisions],
  };
}
