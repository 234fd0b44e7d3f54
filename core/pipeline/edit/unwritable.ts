import type { CanvasEdit } from "../canvas-edit.ts";
import { DEPTH_LIMIT } from "../json/read-value.ts";

/**
 * Why a gesture brings something that cannot be written into a file, for people; null where all of it can. What comes
 * from a page may be no JSON (nothing at all, NaN), or nested deeper than is ever read.
 */
export function whyUnwritable(edit: CanvasEdit): string | null {
  const value = broughtBy(edit);
  return value === null ? null : whyNoJson(value.brought);
}

/** What a gesture has written as it is; null where it brings nothing of that kind. */
function broughtBy(edit: CanvasEdit): { readonly brought: unknown } | null {
  switch (edit.kind) {
    case "set-value":
    case "set-stage-field":
      return { brought: edit.value };
    case "add-stage":
      return { brought: edit.config };
    case "paste-stages":
      return { brought: edit.clipping };
    case "set-layout":
      return { brought: edit.fields };
    case "move-stages":
    case "set-stage-name":
    case "delete-stages":
    case "connect":
    case "disconnect":
    case "unset-value":
    case "rename-stage-id":
    case "set-enabled":
    case "revert-stages":
    case "reconnect":
    case "reorder-stage":
    case "move-into":
    case "take-out":
    case "drop-stages":
    case "extract-subpipeline":
    case "inline-subpipeline":
    case "duplicate-stages":
    case "add-note":
    case "add-group":
      return null;
  }
}

/** Level by level, since a value may be deeper than the stack. */
function whyNoJson(value: unknown): string | null {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_LIMIT) return tooDeep;
    const inside: unknown[] = [];
    for (const each of level) {
      if (typeof each === "object" && each !== null) {
        for (const member of Object.values(each)) inside.push(member);
      } else if (!isPlainJson(each)) {
        return `${typeof each === "number" ? each : `A value of the type ${typeof each}`} cannot be written in JSON. Use null or a text.`;
      }
    }
    level = inside;
  }
  return null;
}

/** The message for what would be written deeper than the reader follows. */
export const tooDeep = `Values may be nested ${DEPTH_LIMIT} deep in a file, and this would be deeper. Flatten it.`;

function isPlainJson(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      return value === null;
    case "undefined":
    case "function":
    case "symbol":
    case "bigint":
      return false;
  }
}
