import { type SyntaxNode, Tree } from "@lezer/common";
import { templateParser } from "../grammar/template.grammar.ts";
import type { Expression, Not } from "./expression.ts";
import { MAX_DEPTH, parseSource } from "./parse-source.ts";
import type { Branch, ConditionPart, ParsedExpression, ParsedTemplate, TemplatePart } from "./parsed.ts";
import type { ExpressionProblem } from "./problem.ts";

/** Whether a text has anything that a template gives a meaning: `{{`, escaped or not. */
export function isTemplate(text: string): boolean {
  return text.includes("{{");
}

/** Parses a text with `{{ }}` in it. Never throws: what is wrong is in `problems`. */
export function parseTemplate(text: string): ParsedTemplate {
  if (!isTemplate(text)) {
    const parts: TemplatePart[] = text === "" ? [] : [{ kind: "text", text, start: 0, end: text.length }];
    return { kind: "template", text, parts, problems: [] };
  }
  if (isTooDeep(text)) {
    const message = `The {{#if}} blocks are nested more than ${MAX_DEPTH} levels deep; use fewer.`;
    return {
      kind: "template",
      text,
      parts: [],
      problems: [{ code: "too-deep", message, start: 0, end: text.length }],
    };
  }
  const problems: ExpressionProblem[] = [];
  const parts = readParts(templateParser.parse(text).topNode.firstChild, { text, problems });
  return {
    kind: "template",
    text,
    parts,
    problems: problems.toSorted((one, other) => one.start - other.start),
  };
}

/**
 * The error-tolerant tree of a template; what stands between the braces is one `Source` node. Empty for one that is
 * nested too deep.
 */
export function templateTree(text: string): Tree {
  return isTooDeep(text) ? Tree.empty : templateParser.parse(text);
}

/** The expression of a template that is nothing else but space around it: its value keeps its type. */
export function wholeExpression(template: ParsedTemplate): ParsedExpression | undefined {
  let found: TemplatePart | undefined;
  for (const part of template.parts) {
    if (part.kind === "text" && part.text.trim() === "") continue;
    if (part.kind !== "interpolation" || found !== undefined) return undefined;
    found = part;
  }
  if (found?.kind !== "interpolation") return undefined;
  return {
    kind: "expression",
    text: template.text,
    expression: found.expression,
    problems: template.problems,
  };
}

interface Reading {
  readonly text: string;
  readonly problems: ExpressionProblem[];
}

function readParts(first: SyntaxNode | null, reading: Reading): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let node = first; node !== null; node = node.nextSibling) readPart(node, reading, parts);
  return parts;
}

function readPart(node: SyntaxNode, reading: Reading, parts: TemplatePart[]): void {
  const range = { start: node.from, end: node.to };
  switch (node.name) {
    case "Text":
      parts.push({ kind: "text", text: readText(node, reading.text), ...range });
      return;
    case "Escape":
      parts.push({ kind: "text", text: "{{", ...range });
      return;
    case "Interpolation":
      parts.push({ kind: "interpolation", expression: readSource(node, reading), ...range });
      return;
    case "Condition":
      parts.push(readCondition(node, reading));
      return;
  }
  if (node.type.isError) explainStray(node, reading);
}

/** Of two backslashes or more before `{{`, one says that the others are text. */
function readText(node: SyntaxNode, text: string): string {
  const written = text.slice(node.from, node.to);
  return written.endsWith("\\\\") && text.startsWith("{{", node.to) ? written.slice(0, -1) : written;
}

/** Reads `{{ source }}`; a missing close is a problem at the opening, which is where the user looks. */
function readSource(tag: SyntaxNode, { text, problems }: Reading): Expression | null {
  const open = tag.firstChild;
  const source = tag.getChild("Source");
  const close = tag.getChild("Close");
  const from = open?.to ?? tag.from;
  if (close === null) {
    const written = text.slice(tag.from, from);
    problems.push({
      code: "unclosed",
      message: `"${written}" is not closed; add }}.`,
      start: tag.from,
      end: from,
    });
    return null;
  }
  return parseSource(text, source?.from ?? from, source?.to ?? close.from, "plain", problems);
}

function readCondition(node: SyntaxNode, reading: Reading): ConditionPart {
  const branches: Branch[] = [];
  const first = node.firstChild;
  let otherwise: readonly TemplatePart[] = [];
  let parts: TemplatePart[] = [];
  branches.push({ test: first === null ? null : readTest(first, reading), parts });
  for (let each = first?.nextSibling ?? null; each !== null; each = each.nextSibling) {
    if (each.name === "ElseIf") {
      parts = [];
      const tag = each.firstChild;
      branches.push({ test: tag === null ? null : readTest(tag, reading), parts });
      for (let inner = tag?.nextSibling ?? null; inner !== null; inner = inner.nextSibling)
        readPart(inner, reading, parts);
    } else if (each.name === "Else") otherwise = readParts(each.firstChild?.nextSibling ?? null, reading);
    else if (each.name !== "EndTag" && !(each.type.isError && each.from === each.to))
      readPart(each, reading, parts);
  }
  if (node.getChild("EndTag") === null && first !== null) {
    const unless = first.name === "UnlessTag";
    reading.problems.push({
      code: "unclosed",
      message: unless
        ? "This {{#unless}} is not closed; add {{/unless}}."
        : "This {{#if}} is not closed; add {{/if}}.",
      start: first.from,
      end: first.to,
    });
  }
  return { kind: "condition", branches, otherwise, start: node.from, end: node.to };
}

function readTest(tag: SyntaxNode, reading: Reading): Expression | null {
  const test = readSource(tag, reading);
  if (tag.name !== "UnlessTag" || test === null) return test;
  return { kind: "not", operand: test, start: test.start, end: test.end } satisfies Not;
}

function explainStray(node: SyntaxNode, { text, problems }: Reading): void {
  const written = text.slice(node.from, node.to);
  if (written === "") return;
  const message = `${written.slice(0, 40)} belongs to no {{#if}}; remove it, or open the block before.`;
  problems.push({ code: "syntax", message, start: node.from, end: node.to });
}

/**
 * Whether more blocks are open at once than may be. It is read off the text, since Lezer makes its trees by recursion
 * and ends with the stack. Escaped tags count too: no more than that is lost by it.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [, sign] of text.matchAll(/\{\{\s*([#/])(?:if|unless)/g)) {
    depth = sign === "#" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
