import { parseExpression, parseTemplate, type Reference, references } from "#core/expressions";
import { applyTextEdits, type TextEdit } from "../../text-edit.ts";

/** What a reference to a stage begins with: `upstream.a`, or `a` for itself where `key` is null. */
export interface Head {
  readonly root: string;
  readonly key: string | null;
}

/** A reference and how many steps of its path its head takes. */
export interface HeadOf {
  readonly reference: Reference;
  readonly steps: 0 | 1;
}

/**
 * Gives references of an expression other heads. `newHeads` tells for each the heads it may have, the best first, and
 * null where it stays. The first spelling counts that is read as meant, and leaves every other reference as it is.
 * Undefined when none does; no edits for a text that cannot be parsed.
 */
export function rewriteHeads(
  kind: "template" | "expression",
  text: string,
  newHeads: (reference: Reference) => { readonly steps: 0 | 1; readonly heads: readonly Head[] } | null,
): readonly TextEdit[] | undefined {
  const parse = kind === "template" ? parseTemplate : parseExpression;
  const parsed = parse(text);
  if (parsed.problems.length > 0) return [];
  const found = references(parsed).map((reference) => ({ reference, change: newHeads(reference) }));
  if (found.every(({ change }) => change === null)) return [];
  const choices = Math.max(...found.map(({ change }) => change?.heads.length ?? 0));
  for (let choice = 0; choice < choices; choice += 1) {
    const chosen = found.map(({ reference, change }) => {
      const head = change?.heads[Math.min(choice, change.heads.length - 1)];
      return change === null || head === undefined
        ? { reference, steps: 0 as const }
        : { reference, steps: change.steps, head };
    });
    const wanted = chosen.map(({ reference, steps, head }) => meaningWith({ reference, steps }, head));
    for (const spelling of ["dotted", "quoted"] as const) {
      const edits = chosen.flatMap(({ reference, steps, head }) =>
        head === undefined ? [] : headEdits(text, { reference, steps }, head, spelling),
      );
      const after = parse(applyTextEdits(text, edits));
      if (after.problems.length > 0) continue;
      const now = references(after).map(({ root, path }) => JSON.stringify([root, ...path]));
      if (now.join("\n") === wanted.join("\n")) return edits;
    }
  }
  return undefined;
}

function meaningWith({ reference: { root, path }, steps }: HeadOf, head: Head | undefined): string {
  if (head === undefined) return JSON.stringify([root, ...path]);
  return JSON.stringify([head.root, ...(head.key === null ? [] : [head.key]), ...path.slice(steps)]);
}

function headEdits(
  text: string,
  { reference, steps }: HeadOf,
  { root, key }: Head,
  spelling: "dotted" | "quoted",
): readonly TextEdit[] {
  const { rootRange, pathRanges } = reference;
  const step = pathRanges[0];
  if (steps === 0 || step === undefined) {
    const written = key === null ? root : spelling === "dotted" ? `${root}.${key}` : `${root}['${key}']`;
    return [replace(rootRange, written)];
  }
  const rootEdit = text.slice(rootRange.start, rootRange.end) === root ? [] : [replace(rootRange, root)];
  const quote = /['"]/.exec(text.charAt(step.start))?.[0];
  if (key === null) {
    // A bracket closes behind a quoted step.
    const end = quote === undefined ? step.end : text.indexOf("]", step.end) + 1;
    return [{ offset: rootRange.start, length: end - rootRange.start, text: root }];
  }
  if (quote !== undefined) return [...rootEdit, replace(step, `${quote}${key}${quote}`)];
  if (spelling === "dotted") return [...rootEdit, replace(step, key)];
  const optional = text.slice(rootRange.end, step.start).includes("?") ? "?." : "";
  return [
    ...rootEdit,
    { offset: rootRange.end, length: step.end - rootRange.end, text: `${optional}['${key}']` },
  ];
}

function replace({ start, end }: { readonly start: number; readonly end: number }, text: string): TextEdit {
  return { offset: start, length: end - start, text };
}
