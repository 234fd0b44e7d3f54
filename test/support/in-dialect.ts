import type { PlainPipeline, PlainStage } from "./arbitrary-pipeline.ts";

/** How stages are written: a list by `component_type` or by `component`, or an object by id. */
export const dialects = ["list", "init", "map"] as const;

/**
 * A pipeline in another dialect, its stages in their order. What is written inside a stage, and expressions, stay as they
 * are: every dialect reads them.
 */
export function inDialect(pipeline: PlainPipeline, dialect: (typeof dialects)[number]): PlainPipeline {
  const [key, old] = dialect === "list" ? COMPONENT : COMPONENT.toReversed();
  const entries = entriesOf(pipeline).map(([id, stage]): readonly [string, PlainStage] => [
    id,
    Object.fromEntries(
      Object.entries(stage).map(([name, value]) => [name === old ? (key ?? name) : name, value]),
    ),
  ]);
  const stages =
    dialect === "map" ? Object.fromEntries(entries) : entries.map(([id, stage]) => ({ id, ...stage }));
  return { ...pipeline, stages };
}

const COMPONENT = ["component_type", "component"];

function entriesOf({ stages }: PlainPipeline): readonly (readonly [string, PlainStage])[] {
  if (!isList(stages)) return Object.entries(stages);
  return stages.map(({ id, ...stage }) => [String(id), stage]);
}

function isList(stages: PlainPipeline["stages"]): stages is readonly PlainStage[] {
  return Array.isArray(stages);
}
