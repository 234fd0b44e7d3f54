/** A field whose text the component evaluates itself, with `names` in sight besides the usual ones. */
export interface DeferredField {
  /** `template`: text with `{{ }}`. `expression`: a bare expression. */
  readonly kind: "template" | "expression";
  readonly names: readonly string[];
}

/** The deferred fields of a component type, by their canonical names. */
export type DeferredFields = (componentType: string) => Readonly<Record<string, DeferredField>>;

/** The deferred fields of FlowMason's own components (facts, section 2), for callers without component definitions. */
export const builtInDeferredFields: DeferredFields = (componentType) => BUILT_IN.get(componentType) ?? {};

const NONE: DeferredField = { kind: "expression", names: [] };
const OF_VALUE: DeferredField = { kind: "expression", names: ["value"] };
const BUILT_IN: ReadonlyMap<string, Readonly<Record<string, DeferredField>>> = new Map([
  ["conditional", { condition: NONE, condition_expression: OF_VALUE }],
  ["router", { value_expression: OF_VALUE }],
  ["return", { condition: NONE, condition_expression: OF_VALUE }],
  ["foreach", { filter_expression: { kind: "expression", names: ["item"] } }],
  ["filter", { condition: { kind: "expression", names: ["data", "item"] } }],
  ["json_transform", { template: { kind: "template", names: ["data"] } }],
]);
