import { parseExpression, parseTemplate, type Reference, references } from "#core/expressions";
import type { PipelineDocument, Stage } from "../model.ts";
import { applyTextEdits, type TextEdit } from "../text-edit.ts";
import type { StageNames } from "./stage-names.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What rewriting expressions needs to know of the document around them. */
export interface Renaming {
  readonly document: PipelineDocument;
  readonly names: StageNames;
  readonly vocabulary: Vocabulary;
  /** The id that each stage has in canonical form, by its id now. */
  readonly ids: ReadonlyMap<string, string>;
}

/** An evaluated text of a stage, its value and not its literal. */
export interface ExpressionText {
  readonly kind: "template" | "expression";
  readonly text: string;
  /** Names that only this text has in sight. */
  readonly names: readonly string[];
}

/** What rewriting a text comes to; offsets are those of the text. */
export interface RewrittenText {
  /** Undefined where no edit would keep its meaning. */
  readonly edits: readonly TextEdit[] | undefined;
  /** Conditionals whose whole output it takes: in the map dialect their `branch_taken` is a boolean, else text. */
  readonly wholes: readonly string[];
}

/**
 * Writes every reference to a stage as `upstream.<id>.<field>`. No edit where nothing changes, and for a text that
 * cannot be parsed.
 */
export function rewriteReferences(
  { kind, text, names }: ExpressionText,
  from: Stage,
  renaming: Renaming,
): RewrittenText {
  const parse = kind === "template" ? parseTemplate : parseExpression;
  const parsed = parse(text);
  if (parsed.problems.length > 0) return { edits: [], wholes: [] };
  const local = new Set([...names, ...renaming.names.variablesOf(from)]);
  const found = references(parsed);
  const changes = found.map((reference) => changeOf(reference, from, local, text, renaming));
  const wanted = found.map((reference, index) => signature(changes[index]?.meaning ?? reference));
  const wholes = changes.flatMap((change) => change?.whole ?? []);
  for (const spelling of ["dotted", "quoted"] as const) {
    const edits = changes.flatMap((change) => change?.[spelling] ?? []);
    if (edits.length === 0) return { edits, wholes };
    const after = parse(applyTextEdits(text, edits));
    const now = references(after).map(signature);
    if (after.problems.length === 0 && now.join("\n") === wanted.join("\n")) return { edits, wholes };
  }
  const renames = changes.some((change) => change?.renames === true);
  return { edits: renames ? undefined : [], wholes };
}

interface Change {
  /** What the reference is to name afterwards. */
  readonly meaning: Meaning;
  readonly dotted: readonly TextEdit[];
  /** With the id in brackets, where a hyphen and a digit would be taken for a part of it. */
  readonly quoted: readonly TextEdit[];
  readonly renames: boolean;
  readonly whole: readonly string[];
}

type Meaning = Pick<Reference, "root" | "path">;

function signature({ root, path }: Meaning): string {
  return JSON.stringify([root, ...path]);
}

function changeOf(
  reference: Reference,
  from: Stage,
  local: ReadonlySet<string>,
  text: string,
  { names, ids, vocabulary, document }: Renaming,
): Change | undefined {
  const named = names.stageOf(reference, from, local);
  if (named === undefined) return undefined;
  const { stage, steps } = named;
  const { rootRange, pathRanges, path } = reference;
  const id = ids.get(stage.id) ?? stage.id;
  const idRange = steps === 1 ? pathRanges[0] : rootRange;
  if (idRange === undefined) return undefined;
  const rest = fieldEdits({ reference, steps, stage, text }, vocabulary, document);
  const meaning = { root: "upstream", path: [id, ...rest.path] };
  const isQuoted = text.charAt(idRange.start) === "'" || text.charAt(idRange.start) === '"';
  const written = steps === 1 ? path[0] : undefined;
  const replaceRoot: TextEdit[] =
    steps === 1 && reference.root === "stages"
      ? [{ offset: rootRange.start, length: rootRange.end - rootRange.start, text: "upstream" }]
      : [];
  if (steps === 1) {
    const replaceId =
      written === id ? [] : [replace(idRange, isQuoted ? JSON.stringify(id).replaceAll('"', "'") : id)];
    const edits = [...replaceRoot, ...replaceId, ...rest.edits];
    const bracketed = isQuoted
      ? edits
      : [...replaceRoot, inBrackets(text, rootRange.end, idRange, id), ...rest.edits];
    return { meaning, dotted: edits, quoted: bracketed, renames: written !== id, whole: rest.whole };
  }
  return {
    meaning,
    dotted: [replace(rootRange, `upstream.${id}`), ...rest.edits],
    quoted: [replace(rootRange, `upstream['${id}']`), ...rest.edits],
    renames: reference.root !== id,
    whole: rest.whole,
  };
}

function inBrackets(text: string, from: number, range: Span, id: string): TextEdit {
  const optional = text.slice(from, range.start).includes("?") ? "?." : "";
  return { offset: from, length: range.end - from, text: `${optional}['${id}']` };
}

interface Fields {
  readonly reference: Reference;
  readonly steps: number;
  readonly stage: Stage;
  readonly text: string;
}

/** What changes after the id: `.output` where it says nothing, and the map dialect's `branch_taken`. */
function fieldEdits(
  { reference, steps, stage, text }: Fields,
  vocabulary: Vocabulary,
  document: PipelineDocument,
): {
  readonly edits: readonly TextEdit[];
  readonly path: Reference["path"];
  readonly whole: readonly string[];
} {
  const edits: TextEdit[] = [];
  let path = reference.path.slice(steps);
  let ranges = reference.pathRanges.slice(steps);
  const words = stage.componentType === null ? undefined : vocabulary(stage.componentType);
  const [output] = ranges;
  const idEnd = steps === 1 ? reference.pathRanges[0]?.end : reference.rootRange.end;
  const next = path[1];
  if (
    path[0] === "output" &&
    output !== undefined &&
    idEnd !== undefined &&
    words?.declaresOutput === false &&
    !stage.outputs.some(({ key }) => key === "output") &&
    isPlainStep(text, idEnd, output) &&
    (path.length === 1
      ? !/^\s*[.[?(]/.test(text.slice(output.end))
      : isPlainStep(text, output.end, ranges[1])) &&
    (next === undefined || (typeof next === "string" && !words.outputAliases.has(next)))
  ) {
    edits.push({ offset: idEnd, length: output.end - idEnd, text: "" });
    path = path.slice(1);
    ranges = ranges.slice(1);
  }
  const at = path[0] === "output" ? 1 : 0;
  const range = ranges[at];
  const isBoolean =
    document.tree.container?.kind === "map" &&
    stage.componentType === "conditional" &&
    !stage.outputs.some(({ key }) => key === "branch_taken");
  if (isBoolean && path[at] === "branch_taken" && range !== undefined) {
    const quote = /['"]/.exec(text.charAt(range.start))?.[0] ?? "";
    edits.push(replace(range, `${quote}condition_result${quote}`));
    path = path.with(at, "condition_result");
  }
  const whole = isBoolean && path.every((step) => step === "output") ? [stage.id] : [];
  return { edits, path, whole };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether nothing but a dot stands between the end of a step and the name of the next. */
function isPlainStep(text: string, end: number, name: Span | undefined): boolean {
  return name !== undefined && text.slice(end, name.start).trim() === ".";
}

function replace({ start, end }: Span, text: string): TextEdit {
  return { offset: start, length: end - start, text };
}
