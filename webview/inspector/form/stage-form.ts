import { ARM_KEYS, type Field, type PipelineDocument, type Stage } from "#core/pipeline";
import type { FieldSchemas } from "./field-schema.ts";
import type { Form, FormRow } from "./form.ts";
import type { FormComponent } from "./form-component.ts";
import { inputSections } from "./input-sections.ts";
import { plannedSections } from "./planned-sections.ts";
import type { RowTraits } from "./rows-of.ts";
import { schemaFields } from "./schema-fields.ts";
import { pipelinePlan, type SectionPlan, stagePlan } from "./section-plan.ts";

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
  const { schemas, fields, plan } = withArms(stage);
  const [first, ...others] = plannedSections(plan, schemas, fields, traitsOf).map((section) => ({
    ...section,
    rows: section.rows.map((row) => withIdentity(row, stage)),
  }));
  const top = first === undefined ? [] : [first];
  return { stage: stage.id, sections: [...top, ...inputSections(stage, component), ...others] };
}

/** In the map dialect what a stage owns is written in it: the stages there have forms of their own, lists of ids a field. */
function withArms(stage: Stage): {
  readonly schemas: FieldSchemas;
  readonly fields: readonly Field[];
  readonly plan: readonly SectionPlan[];
} {
  const { stage: schemas } = schemaFields();
  const arms = stage.fields.filter(({ key }) => ARM_KEYS.has(key) && !Object.hasOwn(schemas, key));
  if (arms.length === 0) return { schemas, fields: stage.fields, plan: stagePlan };
  const listed = arms.filter(({ value }) => value.kind !== "object" || !holdsStages(value));
  const description = "The ids of the stages that this stage owns or leads to.";
  const types = listed.map(({ key, value }) => {
    const list = { type: "array", items: { type: "string" }, description };
    return [key, value.kind === "object" ? { type: "object", description } : list] as const;
  });
  return {
    schemas: { ...schemas, ...Object.fromEntries(types) },
    fields: stage.fields.filter((field) => !arms.includes(field) || listed.includes(field)),
    plan: [
      ...stagePlan,
      { id: "arms", title: "Stages in it", keys: types.map(([key]) => key), folded: "never" },
    ],
  };
}

/** Whether an object is stages by their ids, rather than lists of ids by the routes that lead to them. */
function holdsStages({ properties }: Extract<Field["value"], { readonly kind: "object" }>): boolean {
  return properties.every(({ value }) => value.kind === "object");
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
