import * as z from "zod";
import { componentCategories, componentColors, type DescribedComponent } from "#core/component-definitions";
import type { DefinedComponent } from "../sdk/flowmason.ts";
import { typeOf } from "./load-module.ts";
import { ModuleFault } from "./module-fault.ts";

/** Five minutes. */
const defaultTimeoutMs = 300_000;

/** What others are told of a component. Throws a {@link ModuleFault} for what it says of itself and cannot be. */
export function describeComponent(component: DefinedComponent): DescribedComponent {
  const { parts } = component;
  const type = typeOf(component);
  return {
    type,
    version: parts.version ?? "1.0.0",
    title: parts.title ?? titleOf(type),
    description: parts.description ?? "",
    icon: parts.icon ?? "tools",
    color: oneOf(componentColors, parts.color ?? "foreground", `color of "${type}"`),
    category: oneOf(componentCategories, parts.category ?? "integration", `category of "${type}"`),
    idempotent: parts.idempotent === true,
    timeoutMs: parts.timeoutMs ?? defaultTimeoutMs,
    input: z.toJSONSchema(parts.input, { io: "input", unrepresentable: "any" }),
    output: z.toJSONSchema(parts.output, { io: "output", unrepresentable: "any" }),
  };
}

function titleOf(type: string): string {
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function oneOf<T extends string>(values: readonly T[], value: string, what: string): T {
  const found = values.find((each) => each === value);
  if (found !== undefined) return found;
  throw new ModuleFault(`The ${what} is "${value}"; use one of ${values.join(", ")}.`, null);
}
