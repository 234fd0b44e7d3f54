import * as z from "zod";
import {
  type ComponentCategory,
  type ComponentColor,
  type ComponentDefinition,
  defineComponent,
} from "./define.ts";

/** The codes of what is wrong with modules of components. What each means is told in docs/checks.md. */
export const componentFileCode = { broken: "FM1451", nameTaken: "FM1452" } as const;

/** A component of a project's own as plain JSON: what its process tells of it. */
export interface DescribedComponent {
  /** Canonical: snake_case. */
  readonly type: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly color: ComponentColor;
  readonly category: ComponentCategory;
  readonly idempotent: boolean;
  /** Limit for one attempt in milliseconds. */
  readonly timeoutMs: number;
  /** JSON Schema, draft 2020-12, of an object. What it cannot say (a refinement) is checked where the component runs. */
  readonly input: z.core.JSONSchema.JSONSchema;
  readonly output: z.core.JSONSchema.JSONSchema;
}

/** The definition that a described component is for checks, planner and editor. */
export function definitionOf(component: DescribedComponent): ComponentDefinition {
  const { type, version, title, description, icon, color, category, idempotent, timeoutMs } = component;
  return defineComponent({
    type,
    version,
    kind: "operator",
    category,
    title,
    description,
    icon,
    color,
    input: objectOf(component.input),
    output: objectOf(component.output),
    idempotent,
    timeoutMs,
  });
}

/** Stands for a component of the project's own that cannot be used, so that those who name it are told why. */
export function unusableComponent(type: string, reason: string): ComponentDefinition {
  return defineComponent({
    type,
    kind: "operator",
    category: "integration",
    title: type,
    description: reason,
    icon: "warning",
    color: "foreground",
    input: z.object({}),
    output: z.object({}),
    unusable: reason,
  });
}

/**
 * Stands for a component of a project's own in a run that is only looked at: what it took and gave is in the record, and
 * nothing of it is run or asked for.
 */
export function recordedComponent(type: string): ComponentDefinition {
  return defineComponent({
    type,
    kind: "operator",
    category: "integration",
    title: type,
    description: "A component of the project that the run was in.",
    icon: "history",
    color: "foreground",
    input: z.looseObject({}),
    output: z.looseObject({}),
  });
}

/** Field by field where the whole says more than zod can be made from: such a field takes any value here. */
function objectOf(schema: z.core.JSONSchema.JSONSchema): z.ZodObject {
  const whole = fromSchema(schema);
  if (whole instanceof z.ZodObject) return whole;
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const field = typeof property === "boolean" ? z.unknown() : (fromSchema(property) ?? anyOf(property));
    return [name, required.has(name) ? field : field.optional()] as const;
  });
  return z.object(Object.fromEntries(fields));
}

function fromSchema(schema: z.core.JSONSchema.JSONSchema): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(schema);
  } catch {
    // zod has no counterpart for it; the component's own schema checks the value before it is used.
    return undefined;
  }
}

function anyOf({ description }: z.core.JSONSchema.BaseSchema): z.ZodType {
  return description === undefined ? z.unknown() : z.unknown().describe(description);
}
