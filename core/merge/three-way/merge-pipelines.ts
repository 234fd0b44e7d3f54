import { type JsonValue, rewriteText } from "#core/pipeline";
import type { PipelineContent } from "../content/content.ts";
import { contentToJson } from "../content/content-to-json.ts";
import { goneComments } from "../content/gone-comments.ts";
import {
  mayHaveLongNumbers,
  shownLongNumbers,
  withLongNumbers,
  withLongNumbersAsTexts,
} from "../content/long-numbers.ts";
import type { PipelineText } from "../content/read-alike.ts";
import { readText } from "../content/read-text.ts";
import { respelled } from "../content/spelling.ts";
import type { Choice, Decision, Side } from "./decision.ts";
import { type LeftOut, nothingLeftOut } from "./left-out.ts";
import { mergeContents } from "./merge-contents.ts";
import { type Merging, sameValue, type Three } from "./merging.ts";
import { sameMeaning } from "./same-meaning.ts";
import { inSameSpelling } from "./same-spelling.ts";
import { sharingValues } from "./share-values.ts";
import { type Readable, withSharedNames } from "./shared-names.ts";
import { withoutCommon } from "./without-common.ts";

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
 * Merges two pipelines that came from one, property by property; `base` is null, or blank, where both sides made the file. What both
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
  if (base !== null && base.trim() === "") return mergePipelines(null, ours, theirs, options);
  if (![base ?? "", ours, theirs].some(mayHaveLongNumbers)) return mergeTexts(base, ours, theirs, options);
  const [old, own, other] = [base ?? "", ours, theirs].map(withLongNumbersAsTexts);
  const merged = mergeTexts(base === null ? null : (old ?? ""), own ?? "", other ?? "", options);
  // What is wrong with a text is told of it as it is.
  if (!merged.ok) return mergeTexts(base, ours, theirs, options);
  return { ...merged, text: withLongNumbers(merged.text), decisions: merged.decisions.map(withDigits) };
}

function withDigits(decision: Decision): Decision {
  const shown = (value: JsonValue | undefined): JsonValue | undefined =>
    value === undefined ? undefined : shownLongNumbers(value);
  return {
    ...decision,
    base: shown(decision.base),
    ours: shown(decision.ours),
    theirs: shown(decision.theirs),
  };
}

function mergeTexts(base: string | null, ours: string, theirs: string, options: MergeOptions): MergeResult {
  const old = readText(base ?? "{}");
  const like = old.ok ? old.pipeline : undefined;
  const own = readText(ours, like);
  if (!own.ok) return { ok: false, side: "ours", message: own.message };
  const other = readText(theirs, like);
  if (!other.ok) return { ok: false, side: "theirs", message: other.message };
  if (!old.ok) return { ok: false, side: "base", message: old.message };
  const sides = { base: old.pipeline, ours: own.pipeline, theirs: other.pipeline };
  const merged =
    mergeChanged(sides, options) ?? mergeWhole(sides, base === null ? "none" : "common", options);
  return { ok: true, ...merged };
}

interface Merged {
  readonly text: string;
  readonly decisions: readonly Decision[];
}

/** What {@link mergeWhole} gives, made of what is not the same in all three; null where that is not enough. */
function mergeChanged(sides: Three<PipelineText>, options: MergeOptions): Merged | null {
  const less = withoutCommon(sides);
  if (less === null) return null;
  const { content, ownText, decisions } = mergeSpelled(
    less.sides,
    "common",
    options,
    sameValue,
    less.leftOut,
  );
  // Such texts have no comments.
  const whole = less.wholeText(
    rewritten(ownText, content, () => false),
    content,
  );
  return whole === null ? null : { text: whole, decisions };
}

function mergeWhole(
  { base, ours, theirs }: Three<Readable>,
  origin: "common" | "none",
  options: MergeOptions,
): Merged {
  const spelled = {
    base: respelled(base, ours.content),
    ours,
    theirs: respelled(theirs, ours.content),
  };
  const isMixed = spelled.base !== base || spelled.theirs !== theirs;
  const same = isMixed ? sameMeaning : sameValue;
  const { content, ownText, decisions } = mergeSpelled(spelled, origin, options, same, nothingLeftOut);
  return { text: rewritten(ownText, content, goneComments(base.text, theirs.text)), decisions };
}

function rewritten(text: string, content: PipelineContent, isGone: (comment: string) => boolean): string {
  const { json, ordered } = contentToJson(content);
  return rewriteText(text, json, ordered, isGone);
}

function mergeSpelled(
  sides: Three<Readable>,
  origin: "common" | "none",
  { choices = new Map(), favor }: MergeOptions,
  same: Merging["same"],
  leftOut: LeftOut,
): Pick<Merged, "decisions"> & { readonly content: PipelineContent; readonly ownText: string } {
  const choiceOf = (id: string): Choice | undefined => choices.get(id);
  const naming: Merging = {
    decisions: [],
    choiceOf,
    favor,
    forced: new Map(),
    dropped: new Map(),
    renamedAndRemoved: new Map(),
    same,
  };
  const { renamedAndRemoved, ...named } = withSharedNames(naming, sides);
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
    leftOut,
  });
  return { content, ownText: named.ours.text, decisions: [...naming.decisions, ...decisions] };
}
