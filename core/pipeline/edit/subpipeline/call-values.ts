import type { Reference } from "#core/expressions";
import type { JsonValue } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import type { TextEdit } from "../../text-edit.ts";
import { type Refusal, refuse } from "../edit-result.ts";
import { editsInText, evaluatedPlaces } from "../names/evaluated-places.ts";
import type { CalledInput, CalledOutput } from "./called-pipeline.ts";
import { asExpression, wholeTemplate } from "./inline-expression.ts";
import { replaceReferences } from "./replace-references.ts";

/** Edits of expressions, or why one cannot be written. */
export type ExpressionEdits = { readonly ok: true; readonly edits: readonly TextEdit[] } | Refusal;

/** What the stages read of their input becomes what the caller gave. */
export function inputEdits(called: PipelineDocument, input: CalledInput): ExpressionEdits {
  const edits: TextEdit[] = [];
  for (const place of evaluatedPlaces(called)) {
    const { kind, node, stage, own, hides } = place;
    const whole =
      kind === "template" ? /^\s*\{\{\s*input\.(\w+)\s*\}\}\s*$/.exec(node.value)?.[1] : undefined;
    const value = whole === undefined ? undefined : memberOf(input, whole);
    if (value !== undefined && (typeof value !== "string" || wholeTemplate(value) === null)) {
      const start = node.span.start + place.base;
      edits.push({ offset: start, length: node.span.end - node.span.start, text: JSON.stringify(value) });
      continue;
    }
    let problem: string | null = null;
    const changes = replaceReferences(kind, node.value, (reference) => {
      if (reference.root !== "input" || own.has("input")) return null;
      const given = givenFor(input, reference);
      if (given === null)
        problem ??= `"${stage?.id ?? ""}" reads ${JSON.stringify(`input.${String(reference.path[0] ?? "")}`)} in the middle of ${JSON.stringify(node.value)}, which cannot be written as one expression.`;
      else if (
        hides(/^\w+/.exec(given.text)?.[0] ?? "") &&
        !/^(input|upstream|stages|context|env|secrets|vars)\b/.test(given.text)
      ) {
        problem ??= `"${given.text}" means something else inside "${stage?.id ?? ""}".`;
      }
      return given;
    });
    if (problem !== null) return refuse(problem);
    if (changes === undefined)
      return refuse(
        `The expression ${JSON.stringify(node.value)} of "${stage?.id ?? ""}" cannot be rewritten.`,
      );
    edits.push(...editsInText(called, place, changes));
  }
  return { ok: true, edits };
}

function givenFor(
  input: CalledInput,
  reference: Reference,
): { readonly steps: number; readonly text: string } | null {
  if (input.kind === "whole") return { steps: 0, text: `(${input.expression})` };
  const [name] = reference.path;
  const text = typeof name === "string" ? asExpression(memberOf(input, name) ?? null, reference) : null;
  return text === null ? null : { steps: 1, text };
}

function memberOf(input: CalledInput, name: string): JsonValue | undefined {
  return input.kind === "members" && Object.hasOwn(input.members, name) ? input.members[name] : undefined;
}

/** What is read of the result becomes what the stages give. */
export function readerEdits(
  document: PipelineDocument,
  caller: Stage,
  output: CalledOutput,
): ExpressionEdits {
  const edits: TextEdit[] = [];
  for (const place of evaluatedPlaces(document)) {
    if (place.stage === caller) continue;
    let problem: string | null = null;
    const changes = replaceReferences(place.kind, place.node.value, (reference) => {
      const named = place.idNamed(reference);
      if (named?.id !== caller.id) return null;
      const found = resultOf(output, reference, named.steps);
      if (found === null) {
        const where = place.stage?.id ?? "the pipeline";
        problem ??= `"${where}" reads ${JSON.stringify(place.node.value.slice(reference.start, reference.end))}, which no stage of the called pipeline gives by itself.`;
      }
      return found;
    });
    if (problem !== null) return refuse(problem);
    if (changes === undefined)
      return refuse(`The expression ${JSON.stringify(place.node.value)} cannot be rewritten.`);
    edits.push(...editsInText(document, place, changes));
  }
  return { ok: true, edits };
}

function resultOf(
  output: CalledOutput,
  reference: Reference,
  steps: number,
): { readonly steps: number; readonly text: string } | null {
  const at = reference.path[steps] === "output" ? steps + 1 : steps;
  if (reference.path[at] !== "result") return null;
  switch (output.kind) {
    case "unclear":
      return null;
    case "stage":
      return { steps: at + 1, text: `upstream.${output.id}` };
    case "collected": {
      const key = reference.path[at + 1];
      const value =
        typeof key === "string" && Object.hasOwn(output.values, key) ? output.values[key] : undefined;
      const reader = { guarded: reference.guarded || output.nulls === "made" };
      const text = value === undefined ? null : asExpression(value, reader);
      return text === null ? null : { steps: at + 2, text };
    }
  }
}
