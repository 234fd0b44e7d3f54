/** How the fields of a schema are put into sections; what no section names comes into the last. */
export interface SectionPlan {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly folded: "never" | "when-empty";
}

/** The sections of a stage; those of its inputs come after the first. */
export const stagePlan: readonly SectionPlan[] = [
  {
    id: "stage",
    title: "Stage",
    keys: ["name", "description", "enabled"],
    folded: "never",
  },
  {
    id: "order",
    title: "Order and condition",
    keys: ["depends_on", "when", "skip_if", "trigger_rule", "strategy"],
    folded: "when-empty",
  },
  {
    id: "failure",
    title: "Time and failure",
    keys: ["timeout", "timeout_ms", "retry", "retry_config", "on_error", "idempotent"],
    folded: "when-empty",
  },
  { id: "identity", title: "Identity", keys: ["id", "component_type"], folded: "never" },
  { id: "model", title: "Model", keys: ["provider", "model", "llm_settings"], folded: "when-empty" },
];

/** The sections of a pipeline. */
export const pipelinePlan: readonly SectionPlan[] = [
  {
    id: "pipeline",
    title: "Pipeline",
    keys: ["name", "id", "version", "description", "category", "tags"],
    folded: "never",
  },
  {
    id: "data",
    title: "Input and output",
    keys: [
      "input_schema",
      "sample_input",
      "example_input",
      "output_schema",
      "output_stage_id",
      "output_stage",
      "output_config",
    ],
    folded: "never",
  },
  {
    id: "running",
    title: "Running",
    keys: ["defaults", "env", "secrets", "timeout", "concurrency", "budget"],
    folded: "when-empty",
  },
  {
    id: "inheritance",
    title: "Inheritance",
    keys: ["extends", "abstract", "overrides", "compositions"],
    folded: "when-empty",
  },
];

/** Fields that have a place of their own: the canvas draws the stages, and the inputs are sections. */
export const ownPlaces: ReadonlySet<string> = new Set(["stages", "config", "input_mapping", "inputs"]);

/** Another spelling -> the field of the schema it stands for; it has a row only where it is written, and the field none then. */
export const spellings: ReadonlyMap<string, string> = new Map([
  ["component", "component_type"],
  ["type", "component_type"],
  ["uses", "component_type"],
  ["timeout_ms", "timeout"],
  ["retry_config", "retry"],
  ["approve", "approval"],
  ["skip_if", "when"],
  ["output_stage", "output_stage_id"],
  ["example_input", "sample_input"],
]);

/** Fields that are a bare expression. */
export const expressionFields: ReadonlySet<string> = new Set(["when", "skip_if"]);
