import { type JsonValue, nodeToJson } from "#core/pipeline";
import type { StageItem } from "../graph/outline.ts";
import type { DocumentState } from "../model/document-state.ts";

/** Whether this file changes a field of an inherited stage. */
export type FieldOrigin = "inherited" | "overridden";

/** Tells it of the field at a path of the stage; null for a stage of which nothing is inherited. */
export type FieldOrigins = (path: readonly string[]) => FieldOrigin | null;

/** Every field is the file's own. */
export const ownFields: FieldOrigins = () => null;

/** Where the fields of a stage are from: what its override says, however little of it, is changed here. */
export function fieldOrigins({ shown }: DocumentState, { card, inherited }: StageItem): FieldOrigins {
  if (inherited === null || inherited.standing === "replaced") return ownFields;
  const override = shown.pipeline.overrides.findLast(({ key }) => key === card.id);
  const said = override === undefined ? undefined : nodeToJson(override.value);
  return (path) =>
    path.reduce<JsonValue | undefined>(memberOf, said) === undefined ? "inherited" : "overridden";
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  // An index of a list is a key of it too.
  return (value as { readonly [key: string]: JsonValue })[key];
}
