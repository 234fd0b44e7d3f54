import fc from "fast-check";
import type { PlainPipeline, PlainStage } from "../../support/arbitrary-pipeline.ts";

/** What somebody does to one stage of a list without a look at those that name it; `to` chooses another stage. */
export interface BluntEdit {
  readonly act: (typeof acts)[number];
  readonly at: number;
  readonly to: number;
}

const acts = [
  "depend",
  "depend",
  "read",
  "read deep",
  "branch",
  "branch",
  "rename",
  "remove",
  "component",
  "put elsewhere",
  "put row elsewhere",
  "add",
  "add like",
  "list",
] as const;

/** Few, so that most stages stay as they are. */
export const bluntEdits: fc.Arbitrary<readonly BluntEdit[]> = fc.array(
  fc.record({ act: fc.constantFrom(...acts), at: fc.nat(120), to: fc.nat(120) }),
  { minLength: 1, maxLength: 4 },
);

/** A pipeline with a list of stages after some edits. */
export function bluntlyEdited(pipeline: PlainPipeline, edits: readonly BluntEdit[]): PlainPipeline {
  return edits.reduce((edited, edit) => {
    const stages = Array.isArray(edited.stages) ? (edited.stages as readonly PlainStage[]) : [];
    return stages.length === 0 ? edited : { ...edited, stages: afterEdit(stages, edit) };
  }, pipeline);
}

function afterEdit(stages: readonly PlainStage[], { act, at, to }: BluntEdit): readonly PlainStage[] {
  const index = at % stages.length;
  const stage = stages[index] ?? {};
  const other = String(stages[to % stages.length]?.["id"]);
  const config = stage["config"] as PlainStage | undefined;
  const put = (changed: PlainStage): readonly PlainStage[] => stages.with(index, { ...stage, ...changed });
  switch (act) {
    case "depend":
      return put({ depends_on: [...((stage["depends_on"] as readonly string[] | undefined) ?? []), other] });
    case "read":
      return put({ config: { ...config, prompt: `Now of {{upstream.${other}.content}} too.` } });
    case "read deep":
      return put({ config: { ...config, prompt: `Now of {{upstream.${other}.never.there}} too.` } });
    case "branch":
      return put({ component_type: "conditional", config: { condition: "true", true_stages: [other] } });
    case "rename":
      return put({ id: `${String(stage["id"])}_${to % 3}` });
    case "remove":
      return stages.toSpliced(index, 1);
    case "component":
      return put({ component_type: to % 2 === 0 ? "logger" : "json_transform" });
    case "put elsewhere":
      return stages.toSpliced(index, 1).toSpliced(to % stages.length, 0, stage);
    case "put row elsewhere": {
      const row = stages.slice(index, index + 4);
      return stages.toSpliced(index, row.length).toSpliced((index + (to % 16)) % stages.length, 0, ...row);
    }
    case "add":
      return stages.toSpliced(index, 0, {
        id: `added_${to % 4}_${stages.length}`,
        component_type: "logger",
        depends_on: [other],
      });
    case "add like":
      return stages.toSpliced(index, 0, { ...stage, id: `${String(stage["id"])}_${to % 3}` });
    case "list":
      return put({ use_cases: ["first", other] });
  }
}
