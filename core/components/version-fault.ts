import { isVersionIn, isVersionRange } from "#core/pipeline";
import type { ComponentDefinition } from "./define.ts";

/** Why the version of a component is not what the range after `@` in a stage's component type asks for; null when it is. */
export function versionFault({ type, version }: ComponentDefinition, range: string | null): string | null {
  if (range === null) return null;
  if (!isVersionRange(range)) {
    return `"${range}" is no range of versions. Write one such as ${type}@^${version}, or leave it out.`;
  }
  if (isVersionIn(version, range)) return null;
  return `There is version ${version} of "${type}" here, which is not in the range ${range}. Write ${type}@^${version}, or leave the range out.`;
}
