import { evaluate, parseExpression, type Scope, type StageBinding } from "#core/expressions";
import { outputReads, type PipelineDocument, pipelineGraph } from "#core/pipeline";
import type { Json } from "#core/ports";

/** A stage reads a part of the output of one that it waits for. */
export interface ReadPath {
  readonly from: string;
  readonly to: string;
  /** The path after the stage's name, as it is written; empty for all of the output. */
  readonly tail: string;
}

/** What is read through the wires of a graph, in the order of the file. */
export function wireReadsOf(document: PipelineDocument): readonly ReadPath[] {
  const { nodes, edges } = pipelineGraph(document);
  const sources = new Map<string, string[]>();
  for (const { from, to } of edges) sources.set(to, [...(sources.get(to) ?? []), from]);
  return nodes.flatMap(({ stage }) => {
    const waitsFor = sources.get(stage.id) ?? [];
    if (waitsFor.length === 0) return [];
    return outputReads(stage).flatMap(({ name, tail }) => {
      // A stage that is written inside another has that one's name before its own.
      const from = waitsFor.find((id) => id === name || id.endsWith(`/${name}`));
      return from === undefined ? [] : [{ from, to: stage.id, tail }];
    });
  });
}

/** What a path leads to in the output of a stage, also under the names that its component has for it; undefined: nothing. */
export function readThrough(binding: StageBinding, tail: string): Json | undefined {
  const scope: Scope = {
    resolve: (name) => (name === OUTPUT ? binding : undefined),
    names: () => [OUTPUT],
  };
  const found = evaluate(parseExpression(`${OUTPUT}${tail}`), scope, { now: "" });
  return found.ok ? found.value : undefined;
}

const OUTPUT = "of";
