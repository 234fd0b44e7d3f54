import { readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/root.mjs";

/**
 * The declarations that an editor needs for a project's own components, as JSON: path -> text. `flowmason.d.ts` is what
 * the component host has as `flowmason`; the rest are zod's own, as far as they are reached from there.
 */
export function componentTypes(): string {
  const files = new Map([["flowmason.d.ts", flowmasonTypes()]]);
  const zod = inRoot("node_modules", "zod");
  const reach = (file: string): void => {
    const name = path.posix.join("zod", file);
    if (files.has(name)) return;
    const text = readFileSync(path.join(zod, file), "utf8");
    files.set(name, text);
    for (const [, imported = ""] of text.matchAll(/from "(\.[^"]+)\.js"/g))
      reach(path.posix.join(path.posix.dirname(file), `${imported}.d.ts`));
  };
  reach("index.d.ts");
  return JSON.stringify(Object.fromEntries(files));
}

/** The types that the host's own module is written against, and its values. */
function flowmasonTypes(): string {
  const types = readFileSync(inRoot("host", "component-host", "sdk", "types.ts"), "utf8");
  const imported = 'import type * as z from "zod";\n';
  if (!types.startsWith(imported)) throw new Error("sdk/types.ts does not begin with its import of zod.");
  return `import * as z from "zod";
${types.slice(imported.length)}
export { z };

/** Makes a component, which a module of \`components/\` exports. */
export declare function defineComponent<Input extends z.ZodObject, Output extends z.ZodObject>(
  parts: ComponentParts<Input, Output>,
): Component;

/** Thrown by \`execute\`, a failure of the stage with a type. */
export declare class StageError extends Error {
  readonly type: StageErrorType;
  readonly recoverable: boolean;
  constructor(message: string, options?: StageErrorOptions);
}
`;
}
