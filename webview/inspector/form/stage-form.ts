import type { PipelineDocument, Stage } from "#core/pipeline";
import type { Form, FormRow } from "./form.ts";
import type { FormComponent } from "./form-component.ts";
import { inputSections } from "./input-sections.ts";
import { plannedSections } from "./planned-sections.ts";
import type { RowTraits } from "./rows-of.ts";
import { schemaFields } from "./schema-fields.ts";
import { pipelinePlan, stagePlan } from "./section-plan.ts";

/** What the form of a stage needs of all that is around it. */
export interface FormSurroundings {
  readonly component: FormComponent | null;
  readonly componentTypes: readonly string[];
  /** Ids of the stages it may name. */
  readonly stages: readonly string[];
}

/** Everything that a stage says or could say: each field of the schema, each input of its component, each key besides. */
export function stageForm(stage: Stage, { component, componentTypes, stages }: FormSurroundings): Form {
  const traitsOf = (key: string): RowTraits => {
    switch (key) {
      case "id":
        return { required: true };
      case "component_type":
        return { required: true, suggestions: componentTypes };
      case "enabled":
        return { fallback: true };
      case "depends_on":
        return { suggestions: stages.filter((id) => id !== stage.id) };
      case "trigger_rule":
        return { fallback: "none_failed_min_one_success" };
      case "on_error":
        return { fallback: "propagate" };
      case "outputs":
      case "strategy":
      case "approval":
        return { templates: true };
      default:
        return {};
    }
  };
  const [first, ...others] = plannedSections(stagePlan, schemaFields().stage, stage.fields, traitsOf).map(
    (section) => ({ ...section, rows: section.rows.map((row) => withIdentity(row, stage)) }),
  );
  const top = first === undefined ? [] : [first];
  return { stage: stage.id, sections: [...top, ...inputSections(stage, component), ...others] };
}

/** In the map dialect a stage's id is the key it stands under; what its owners are called is theirs to change. */
function withIdentity(row: FormRow, stage: Stage): FormRow {
  if (row.path[0] !== "id") return row;
  return { ...row, editors: [{ kind: "identity" }], chosen: 0, written: ownId(stage.id) };
}

/** The id within its owner: `item` of `loop/item`. */
function ownId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Everything that the pipeline says or could say besides its stages. */
export function pipelineForm({ pipeline }: PipelineDocument): Form {
  const stages = pipeline.stages.filter(({ nestedIn }) => nestedIn === null).map(({ id }) => id);
  const traitsOf = (key: string): RowTraits => {
    switch (key) {
      case "name":
        return { required: true, prose: false };
      case "abstract":
        return { fallback: false };
      case "output_stage_id":
        return { suggestions: stages };
      default:
        return {};
    }
  };
  return {
    stage: null,
    sections: plannedSections(pipelinePlan, schemaFields().pipeline, pipeline.fields, traitsOf),
  };
}
