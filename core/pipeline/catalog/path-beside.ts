/**
 * The path that `reference` means in the file at `from`, or from the project's root where that is null; relative to
 * the root, with `/`. Null when it leads out of the project.
 */
export function pathBeside(from: string | null, reference: string): string | null {
  if (reference.startsWith("/") || reference.includes("\\") || /^[a-z]:/i.test(reference)) return null;
  const steps = from === null ? [] : from.split("/").slice(0, -1);
  for (const step of reference.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return null;
  }
  return steps.join("/");
}
