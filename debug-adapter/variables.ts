import type { DebugProtocol } from "@vscode/debugprotocol";
import type { FrameStep, Json } from "#core/ports";

/** A row of the Variables view before it has a handle. */
export interface NamedValue {
  readonly name: string;
  readonly value: Json;
  /** The expression that gives this value at the stop; null when none does. */
  readonly evaluateName: string | null;
  /** Where in the run it comes from, for what can be watched; absent for what cannot. */
  readonly origin?: Origin;
}

/** Where a value comes from: a stage's inputs or output, or all outputs by the ids of their stages. */
export type Origin =
  | { readonly kind: "stages"; readonly frames: readonly FrameStep[] }
  | {
      readonly kind: "inputs" | "output";
      readonly frames: readonly FrameStep[];
      readonly stage: string;
      readonly steps: readonly (string | number)[];
    }
  /** Names of a frame's `context`, of which those that variables have can be set; `stage` is one that sees them. */
  | {
      readonly kind: "context";
      readonly frames: readonly FrameStep[];
      readonly stage: string;
      isVariable(name: string): boolean;
    }
  | {
      readonly kind: "variable";
      readonly frames: readonly FrameStep[];
      readonly stage: string;
      readonly name: string;
      readonly steps: readonly (string | number)[];
    }
  /** A row that has the whole output as its only child. */
  | { readonly kind: "around-output"; readonly frames: readonly FrameStep[]; readonly stage: string };

/** Where the child of a value comes from. */
export function originOfChild(parent: NamedValue, key: string | number): Origin | undefined {
  const { origin } = parent;
  switch (origin?.kind) {
    case undefined:
      return undefined;
    case "stages":
      return { kind: "output", frames: origin.frames, stage: String(key), steps: [] };
    case "around-output":
      return { kind: "output", frames: origin.frames, stage: origin.stage, steps: [] };
    case "context":
      if (!origin.isVariable(String(key))) return undefined;
      return {
        kind: "variable",
        frames: origin.frames,
        stage: origin.stage,
        name: String(key),
        steps: [],
      };
    case "inputs":
    case "output":
    case "variable":
      return { ...origin, steps: [...origin.steps, key] };
  }
}

/** Which rows a client asks for; DAP's `filter`, `start` and `count`. */
export interface Page {
  readonly filter: "indexed" | "named" | null;
  readonly start: number;
  /** Null: all. */
  readonly count: number | null;
}

/** Text of a string in a tree row beyond which it is cut, in UTF-16 units; the clipboard gets all of it. */
const rowTextLimit = 1000;

/** How many children a value has, as DAP wants to know it beforehand to page. */
export function childCounts(value: Json): {
  readonly indexedVariables?: number;
  readonly namedVariables?: number;
} {
  if (value === null || typeof value !== "object") return {};
  if (Array.isArray(value)) return { indexedVariables: value.length };
  return { namedVariables: Object.keys(value).length };
}

/** True when a row of this value can be opened. */
export function isExpandable(value: Json): boolean {
  if (value === null || typeof value !== "object") return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** The asked-for children of a list or an object, in order; nothing beyond the page is touched. */
export function childrenOf(parent: NamedValue, page: Page): readonly NamedValue[] {
  const { value } = parent;
  if (value === null || typeof value !== "object") return [];
  if (isList(value)) {
    if (page.filter === "named") return [];
    const end = page.count === null ? value.length : Math.min(value.length, page.start + page.count);
    const rows: NamedValue[] = [];
    for (let index = page.start; index < end; index++) {
      rows.push({
        name: String(index),
        get value() {
          return memberOf(parent.value, index);
        },
        evaluateName: parent.evaluateName === null ? null : `${parent.evaluateName}[${index}]`,
        ...from(parent, index),
      });
    }
    return rows;
  }
  if (page.filter === "indexed") return [];
  const keys = Object.keys(value);
  const end = page.count === null ? keys.length : page.start + page.count;
  return keys.slice(page.start, end).map((key) => ({
    name: key,
    get value() {
      return memberOf(parent.value, key);
    },
    evaluateName: parent.evaluateName === null ? null : memberExpression(parent.evaluateName, key),
    ...from(parent, key),
  }));
}

/** The child of that name, as {@link childrenOf} has it; its value is null where there is none. */
export function childOf(parent: NamedValue, name: string): NamedValue {
  const key = isList(parent.value) ? Number(name) : name;
  const { evaluateName } = parent;
  const step =
    typeof key === "number" ? `${evaluateName}[${key}]` : memberExpression(evaluateName ?? "", key);
  return {
    name,
    get value() {
      return memberOf(parent.value, key);
    },
    evaluateName: evaluateName === null ? null : step,
    ...from(parent, key),
  };
}

/** Looked up when it is asked for: what is above may have been set by hand meanwhile. */
function memberOf(parent: Json, key: string | number): Json {
  if (parent === null || typeof parent !== "object" || !Object.hasOwn(parent, key)) return null;
  return (parent as { readonly [key: string]: Json })[key] ?? null;
}

function from(parent: NamedValue, key: string | number): Pick<NamedValue, "origin"> {
  const origin = originOfChild(parent, key);
  return origin === undefined ? {} : { origin };
}

/** What a row shows for a value: scalars as JSON, lists and objects as a short preview. */
export function rowText(value: Json): string {
  if (typeof value === "string") {
    if (value.length <= rowTextLimit) return JSON.stringify(value);
    return `${JSON.stringify(value.slice(0, rowTextLimit))}… (${value.length} characters)`;
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return isList(value) ? listPreview(value) : objectPreview(value);
}

/** All of a value as text, for the clipboard. */
export function fullText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** DAP's type name of a value. */
export function typeName(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value;
}

/** One DAP variable for a row; `referTo` gives it a handle, where it has children. */
export function toVariable(row: NamedValue, referTo: (row: NamedValue) => number): DebugProtocol.Variable {
  // It is looked up each time that it is read.
  const { name, value, evaluateName } = row;
  return {
    name,
    value: rowText(value),
    type: typeName(value),
    variablesReference: isExpandable(value) ? referTo(row) : 0,
    ...childCounts(value),
    ...(evaluateName === null ? {} : { evaluateName }),
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The expression for a member of what another gives. */
export function memberExpression(parent: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}

const previewItems = 5;

function listPreview(list: readonly Json[]): string {
  const shown = list.slice(0, previewItems).map(briefly).join(", ");
  return `(${list.length}) [${shown}${list.length > previewItems ? ", …" : ""}]`;
}

function objectPreview(value: { readonly [key: string]: Json }): string {
  const keys = Object.keys(value);
  const shown = keys
    .slice(0, previewItems)
    .map((key) => `${key}: ${briefly(value[key] ?? null)}`)
    .join(", ");
  return `{${shown}${keys.length > previewItems ? ", …" : ""}}`;
}

function briefly(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return value.length === 0 ? "[]" : `(${value.length}) […]`;
  return Object.keys(value).length === 0 ? "{}" : "{…}";
}
