import type { Reference } from "#core/expressions";
import { namesInArm } from "../../graph/loop-variables.ts";
import type { PipelineGraph } from "../../graph/pipeline-graph.ts";
import { hasMatrix } from "../../matrix/strategy.ts";
import type { EvaluatedPlace } from "../names/evaluated-places.ts";

/** The stage whose loop, catch or matrix gives what a reference reads; null when none does. */
export function variableOwner(
  { nodes }: PipelineGraph,
  { stage, own }: Pick<EvaluatedPlace, "stage" | "own">,
  { root, path }: Reference,
): string | null {
  if (stage === null || own.has(root)) return null;
  if (root === "matrix" && hasMatrix(stage)) return stage.id;
  const name = root === "context" ? path[0] : root;
  let node = nodes.find((each) => each.stage === stage);
  while (node?.owner !== null && node !== undefined) {
    const { stage: id, arm } = node.owner;
    const around = nodes.find((each) => each.stage.id === id);
    if (around === undefined) return null;
    if (root === "matrix" && hasMatrix(around.stage)) return id;
    if (root === "error" && arm === "catch") return id;
    if (typeof name === "string" && namesInArm(around.stage, arm).includes(name)) return id;
    node = around;
  }
  return null;
}
