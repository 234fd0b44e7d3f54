import { type Hover, MarkupKind } from "vscode-languageserver";
import { inputFieldOf, type Project } from "#core/component-definitions";
import {
  absoluteSpan,
  type LineIndex,
  type PipelineDocument,
  type Span,
  type Stage,
  stageAt,
} from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";
import { describeDefinition, describeInput } from "./describe-definition.ts";

/** What is known of the component type, or the key of a stage's inputs, at an offset; null elsewhere. */
export function hover(
  document: PipelineDocument,
  lines: LineIndex,
  definitions: Project["definitions"],
  offset: number,
): Hover | null {
  const stage = stageAt(document, offset);
  const definition = definitions.get(stage?.componentType ?? "");
  if (stage === undefined || definition === undefined) return null;
  const at = offset - absoluteSpan(document, stage, { start: 0, end: 0 }).start;
  const told = (value: string, span: Span): Hover => ({
    contents: { kind: MarkupKind.Markdown, value },
    range: rangeToLsp(absoluteSpan(document, stage, span), lines),
  });
  if (stage.writtenType !== null && includes(stage.writtenType.span, at))
    return told(describeDefinition(definition), stage.writtenType.span);
  if (definition.unusable !== null) return null;
  const input = inputsOf(stage).find(({ keySpan }) => includes(keySpan, at));
  const field = input && inputFieldOf(definition, input.key);
  return input === undefined || field === undefined
    ? null
    : told(describeInput(definition, field), input.keySpan);
}

function inputsOf({ config, inputMapping }: Stage): Stage["config"] {
  return [...config, ...inputMapping];
}

function includes({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
