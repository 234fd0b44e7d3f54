import type * as z from "zod";
import type { OutputAliases } from "#core/expressions";
import type { JsonObject } from "#core/ports";

/** What is known of a component type without running it: enough for the canvas, the checks and the planner. */
export interface ComponentDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  /** Canonical name, snake_case. Files may write `-` for `_`. */
  readonly type: string;
  readonly version: string;
  readonly kind: "node" | "operator" | "control-flow";
  readonly category: ComponentCategory;
  /** How people call it: `HTTP request`. */
  readonly title: string;
  /** One sentence or two. */
  readonly description: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly color: ComponentColor;
  /** Why a component of the project's own cannot be used, for the user; then nothing else of it is known. Null for all others. */
  readonly unusable: string | null;
  /** Every field has a description; a default that only the component applies is in `.meta({ default })`. */
  readonly input: Input;
  readonly output: Output;
  /** Other spellings of input fields: written key -> canonical field (facts, section 1.2). */
  readonly inputAliases: Readonly<Record<string, string>>;
  /** Turns legacy values of canonical fields into today's (`"parallel"` -> `true`). Pure; leaves unknown keys. */
  readonly modernise: (inputs: JsonObject) => JsonObject;
  /** Names that look-ups in the output may use besides its fields. */
  readonly outputAliases: OutputAliases;
  /** Output field -> input field that it has the value of, as a rule: values are traced back through it where it does. */
  readonly passes: Readonly<Record<string, string>>;
  /** Fields that the component evaluates itself, so that the engine passes on their source. */
  readonly deferred: Readonly<Record<string, DeferredField>>;
  /**
   * What of a stage's inputs as written, templates and all, can never work: known before a run, and refused then. Sees
   * what is written under its canonical name. Pure, and never throws.
   */
  readonly refuse: (written: JsonObject) => readonly Refusal[];
  /** Roots of the scope that the component reads although no expression of the stage names them; of `env` it gets what the pipeline declares. */
  readonly reads: readonly string[];
  /** Whether it calls a language model. */
  readonly requiresModel: boolean;
  /** Whether running it twice does no more than running it once; for some that depends on their inputs. */
  readonly idempotent: boolean | ((inputs: JsonObject) => boolean);
  /** Default limit for one attempt in milliseconds; null for none. */
  readonly timeoutMs: number | null;
  /** Null where a stage's `retry` does it over; else what to write in its place, since what it runs cannot be one attempt. */
  readonly insteadOfRetry: string | null;
}

/** Why a written input cannot work. */
export interface Refusal {
  /** Where in the inputs, the field first. */
  readonly path: readonly [string, ...(string | number)[]];
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Groups of the palette. */
export type ComponentCategory = (typeof componentCategories)[number];

/** The same, as values. */
export const componentCategories = ["ai", "data", "integration", "observability", "control"] as const;

/** A chart colour of the theme, `--vscode-charts-<color>`, so that every theme has its own. */
export type ComponentColor = (typeof componentColors)[number];

/** The same, as values. */
export const componentColors = ["blue", "green", "orange", "purple", "red", "yellow", "foreground"] as const;

/** A field whose `{{ }}` (template) or bare expression is evaluated with `names` in sight besides the usual ones. */
export interface DeferredField {
  readonly kind: "template" | "expression";
  readonly names: readonly string[];
}

type Optional =
  | "version"
  | "unusable"
  | "inputAliases"
  | "modernise"
  | "outputAliases"
  | "passes"
  | "deferred"
  | "refuse"
  | "reads"
  | "requiresModel"
  | "idempotent"
  | "timeoutMs"
  | "insteadOfRetry";

/** Completes a definition: version 1.0.0, no aliases, nothing deferred or refused, no model, idempotent, no limit, retried. */
export function defineComponent<Input extends z.ZodObject, Output extends z.ZodObject>(
  parts: Omit<ComponentDefinition<Input, Output>, Optional> &
    Partial<Pick<ComponentDefinition<Input, Output>, Optional>>,
): ComponentDefinition<Input, Output> {
  return {
    version: "1.0.0",
    unusable: null,
    inputAliases: {},
    modernise: (inputs) => inputs,
    outputAliases: {},
    passes: {},
    deferred: {},
    refuse: () => [],
    reads: [],
    requiresModel: false,
    idempotent: true,
    timeoutMs: null,
    insteadOfRetry: null,
    ...parts,
  };
}
