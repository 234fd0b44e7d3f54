import { isTemplate, parseExpression, parseTemplate, references } from "#core/expressions";
import type { Stage } from "../model.ts";
import { builtInDeferredFields } from "./deferred-fields.ts";
import { evaluatedTexts } from "./evaluated-texts.ts";
import { stepEnds } from "./path-at.ts";

/** A path by which an expression of a stage leads into what may be the output of another. */
export interface OutputRead {
  /** The name of the other, as it is written: a bare one may be that of a variable. */
  readonly name: string;
  /** The path after the name, as it is written: `.title`, `["a b"][0]`; empty for all of the output. */
  readonly tail: string;
}

/** What the expressions of a stage read of outputs before it begins, each path once, in the order of the text. */
export function outputReads(stage: Stage): readonly OutputRead[] {
  const reads = new Map<string, OutputRead>();
  for (const { node, field, afterBody } of evaluatedTexts(stage, builtInDeferredFields)) {
    if (afterBody || (field.kind === "template" && !isTemplate(node.value))) continue;
    const parsed = field.kind === "template" ? parseTemplate(node.value) : parseExpression(node.value);
    for (const reference of references(parsed)) {
      const { root, path } = reference;
      if (field.names.includes(root)) continue;
      const qualified = root === "upstream" || root === "stages";
      const name = qualified ? path[0] : root;
      const ends = stepEnds(parsed.text, reference);
      const [from, to] = [ends[qualified ? 1 : 0], ends.at(-1)];
      if (typeof name !== "string" || from === undefined || to === undefined) continue;
      const tail = parsed.text.slice(from, to).trim();
      reads.set(`${name} ${tail}`, { name, tail });
    }
  }
  return [...reads.values()];
}
