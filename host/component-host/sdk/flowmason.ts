// What a project's components import as "flowmason". It runs in the component host, beside code of the user's.
import { validateStrict } from "compare-versions";
import * as z from "zod";
import type { Component, ComponentParts, StageErrorOptions, StageErrorType } from "./types.ts";

export { z };

/** A component with what the host reads of it. */
export interface DefinedComponent extends Component {
  readonly parts: ComponentParts<z.ZodObject, z.ZodObject>;
  /** The stack where it was defined, for its place in the file. */
  readonly stack: string;
}

const brand = Symbol.for("flowmason.component");

/** Makes a component. Throws a TypeError for parts that make none. */
export function defineComponent<Input extends z.ZodObject, Output extends z.ZodObject>(
  parts: ComponentParts<Input, Output>,
): Component {
  refuseUnusable(parts);
  const stack = new Error("defined here").stack ?? "";
  // The host gives `execute` what `input` makes of the inputs.
  const component = { name: parts.name, parts: parts as unknown as DefinedComponent["parts"], stack };
  return Object.freeze(Object.defineProperty(component, brand, { value: true }));
}

/** Whether an export of a module is a component. */
export function isComponent(value: unknown): value is DefinedComponent {
  return typeof value === "object" && value !== null && Object.hasOwn(value, brand);
}

/** A failure of the stage with a type, to be thrown by `execute`. */
export class StageError extends Error {
  override readonly name = "StageError";
  readonly type: StageErrorType;
  readonly recoverable: boolean;

  constructor(message: string, { type = "EXECUTION", recoverable = false, cause }: StageErrorOptions = {}) {
    super(message, { cause });
    this.type = type;
    this.recoverable = recoverable;
  }
}

/** Modules may be JavaScript, so that no compiler has seen what they give. */
function refuseUnusable(parts: ComponentParts<z.ZodObject, z.ZodObject> | undefined): void {
  if (typeof parts !== "object" || parts === null) {
    throw new TypeError("defineComponent takes an object: { name, input, output, execute }.");
  }
  const { name, version, timeoutMs, input, output, execute } = parts;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_-]*$/.test(name)) {
    throw new TypeError(
      `A component's name has lower-case letters, digits, _ and -, and begins with a letter; ${shown(name)} does not.`,
    );
  }
  if (version !== undefined && (typeof version !== "string" || !validateStrict(version))) {
    throw new TypeError(
      `The version of "${name}" is ${shown(version)}; write three numbers, such as "1.0.0".`,
    );
  }
  if (timeoutMs !== undefined && !(typeof timeoutMs === "number" && timeoutMs > 0)) {
    throw new TypeError(`timeoutMs of "${name}" is ${shown(timeoutMs)}; write milliseconds, more than 0.`);
  }
  for (const [field, schema] of Object.entries({ input, output })) {
    if (!(schema instanceof z.ZodObject)) {
      throw new TypeError(
        `"${field}" of "${name}" is no z.object. Import z from "flowmason" and write ${field}: z.object({ … }).`,
      );
    }
  }
  if (typeof execute !== "function") throw new TypeError(`"${name}" has no function execute.`);
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
