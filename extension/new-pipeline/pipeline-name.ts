const EXTENSION = ".pipeline.json";

/** Characters that Windows allows in no file name; elsewhere they make names that others cannot check out. */
const FORBIDDEN = /[\\/:*?"<>|]/;

/**
 * The name of a pipeline as somebody types it: without spaces at its ends, and without the extension of its file, which
 * VS Code's own dialog puts behind one that was typed: `x.json.pipeline.json`.
 */
export function pipelineName(typed: string): string {
  let name = typed.trim();
  for (const extension of [EXTENSION, ".json"])
    if (name.toLowerCase().endsWith(extension)) name = name.slice(0, -extension.length);
  return name;
}

/** The name of the file of a pipeline. */
export function pipelineFile(name: string): string {
  return `${name}${EXTENSION}`;
}

/** Why no file can have this name, as a sentence; null when one can. */
export function nameFault(name: string): string | null {
  if (name === "") return "Type a name.";
  const [forbidden] = FORBIDDEN.exec(name) ?? [];
  if (forbidden !== undefined) return `A file name cannot have ${forbidden} in it.`;
  if (name.startsWith(".")) return "A name that begins with a dot makes a hidden file.";
  return null;
}

/** The text of a template for a pipeline of this name. */
export function textFor(template: string, name: string): string {
  return template.replace('"NAME"', () => JSON.stringify(name));
}
