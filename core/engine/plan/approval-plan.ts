import { componentDefinitions } from "#core/component-definitions";
import { type Field, readApproval, type Stage } from "#core/pipeline";
import { compileInputs, type InputPlan, type SourceFault } from "./input-plan.ts";

/** The question that comes before a stage. */
export interface ApprovalPlan {
  /** Of the component `approval`. */
  readonly inputs: InputPlan;
  readonly onRefusal: "fail" | "skip";
}

/** Compiles what a stage says of the approval it needs; null where it needs none. */
export function compileApproval(stage: Stage): {
  readonly plan: ApprovalPlan | null;
  readonly faults: readonly SourceFault[];
} {
  const written = readApproval(stage);
  switch (written.kind) {
    case "none":
      return { plan: null, faults: [] };
    case "unusable":
      return { plan: null, faults: [{ field: "approval", message: written.message }] };
    case "needed": {
      const definition = componentDefinitions.get("approval");
      if (definition === undefined) throw new Error("the component approval is not built in");
      const { plan, faults } = compileInputs(
        definition,
        [...written.fields, ...promptOf(written.prompt)],
        [],
      );
      const prompt = {
        field: "prompt",
        value: { kind: "constant", value: `Run the stage "${stage.id}"?` },
      } as const;
      const fields = written.prompt === "usual" ? [...plan.fields, prompt] : plan.fields;
      return { plan: { inputs: { ...plan, fields, constant: null }, onRefusal: written.onRefusal }, faults };
    }
  }
}

function promptOf(
  prompt: Extract<ReturnType<typeof readApproval>, { kind: "needed" }>["prompt"],
): readonly Field[] {
  if (prompt === "usual" || prompt === null) return [];
  const { node } = prompt;
  return [{ key: "prompt", keySpan: node.span, value: node }];
}
