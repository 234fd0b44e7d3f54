import { pathToFileURL } from "node:url";
import { type DefinedComponent, isComponent } from "../sdk/flowmason.ts";
import { ModuleFault } from "./module-fault.ts";

/** Loads a module of the user's, once; gives the components that it exports, each once. Throws what the module throws. */
export async function loadModule(file: string): Promise<readonly DefinedComponent[]> {
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
  const components = [...new Set(Object.values(exported).filter(isComponent))];
  if (components.length > 0) return components;
  throw new ModuleFault(
    "This file exports no component. Export what defineComponent gives, or let the file's name begin with _.",
    { path: file, line1: 1, column1: 1 },
  );
}

/** The name as pipelines are read: `-` is `_`. */
export function typeOf({ name }: DefinedComponent): string {
  return name.replaceAll("-", "_");
}
