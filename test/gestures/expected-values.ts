import { expect } from "vitest";
import type { CanvasEdit, JsonMembers, JsonValue } from "#core/pipeline";
import { stageOf } from "./expected-model.ts";
import type { FileModel } from "./file-model.ts";

/** A JSON object, or an array by its indices, that the oracle rewrites. */
interface Members {
  [key: string]: unknown;
}

type ValueEdit = Extract<
  CanvasEdit,
  { kind: "set-value" | "unset-value" | "set-stage-field" | "set-layout" | "add-note" | "add-group" }
>;

/** {@link expectedModel} of gestures that set a value. */
export function expectedOfValues(model: FileModel, edit: ValueEdit, after: FileModel): FileModel {
  switch (edit.kind) {
    case "set-value":
      put(edit.stage === null ? model.rest : stageOf(model, edit.stage).says, edit.path, edit.value);
      dropEmptyInputs(model, edit.stage);
      return model;
    case "unset-value":
      remove(edit.stage === null ? model.rest : stageOf(model, edit.stage).says, edit.path);
      dropEmptyInputs(model, edit.stage);
      return model;
    case "set-stage-field":
      return fieldSet(model, edit, after);
    case "set-layout":
      for (const id of edit.ids) setLine(model, id, edit.fields);
      return model;
    case "add-note": {
      const id = newMark(model.notes, after.notes);
      const { text, color, position, size } = edit;
      const rounded = size && { width: Math.round(size.width), height: Math.round(size.height) };
      model.notes.set(id, { size: rounded, text, color });
      model.places.set(id, { x: Math.round(position.x), y: Math.round(position.y) });
      return model;
    }
    case "add-group": {
      const { title, color, stages } = edit;
      model.groups.set(newMark(model.groups, after.groups), { says: { title, color }, members: [...stages] });
      return model;
    }
  }
}

function newMark(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string {
  const added = [...after.keys()].filter((id) => !before.has(id));
  expect(added).toHaveLength(1);
  return added[0] ?? "";
}

function put(start: Members, path: readonly string[], value: JsonValue): void {
  let object = start;
  for (const key of path.slice(0, -1)) {
    if ((Object.hasOwn(object, key) ? object[key] : null) === null) define(object, key, {});
    object = object[key] as Members;
  }
  define(object, path.at(-1) ?? "", structuredClone(value));
}

/** An assignment to `__proto__` would set the prototype. */
function define(object: Members, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(start: Members, path: readonly string[]): void {
  const objects = [start];
  for (const key of path.slice(0, -1)) {
    const object = objects.at(-1);
    const inner = object !== undefined && Object.hasOwn(object, key) ? object[key] : null;
    if (inner === null || typeof inner !== "object") return;
    objects.push(inner as Members);
  }
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const object = objects[depth] ?? {};
    delete object[path[depth] ?? ""];
    if (Object.keys(object).length > 0) return;
  }
}

/** Empty inputs are what no inputs are. */
function dropEmptyInputs(model: FileModel, id: string | null): void {
  if (id === null) return;
  const { says } = stageOf(model, id);
  const { config } = says;
  if (config !== null && typeof config === "object" && Object.keys(config).length === 0)
    delete says["config"];
}

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  timeout: ["timeout", "timeout_ms"],
  retry: ["retry", "retry_config", "error_handling"],
  on_error: ["on_error", "error_handling"],
  model: ["model", "llm_settings"],
  temperature: ["temperature", "llm_settings"],
  when: ["when", "skip_if"],
};

/** It says the value in one of its spellings, and all else as before. */
function fieldSet(
  model: FileModel,
  { stage, path, value }: Extract<CanvasEdit, { kind: "set-stage-field" }>,
  after: FileModel,
): FileModel {
  const field = path[0] ?? "";
  const keys = SPELLINGS[field] ?? [field];
  const { says } = stageOf(model, stage);
  const now = stageOf(after, stage).says;
  const written = keys
    .flatMap((key) => (Object.hasOwn(now, key) ? [JSON.stringify(now[key])] : []))
    .join(" ");
  const known = JSON.stringify(value);
  if (value === null) expect(written, field).not.toContain(`"${field}"`);
  else if (field !== "timeout" && field !== "retry") expect(written, field).toContain(known);
  else expect(written, field).not.toBe("");
  if (value === null && field !== "when") expect(Object.hasOwn(now, field)).toBe(false);
  for (const key of keys) {
    delete says[key];
    if (Object.hasOwn(now, key)) says[key] = now[key] ?? null;
  }
  return model;
}

function setLine(model: FileModel, id: string, fields: JsonMembers): void {
  for (const [key, value] of Object.entries(fields)) {
    const note = model.notes.get(id);
    const group = model.groups.get(id);
    if (note !== undefined) {
      const size = { ...(note["size"] as object | null), [key]: value };
      model.notes.set(
        id,
        key === "width" || key === "height" ? { ...note, size } : { ...note, [key]: value },
      );
    } else if (group !== undefined) {
      group.says = { ...group.says, [key]: value };
    } else if (key === "color") {
      if (value === null) model.colors.delete(id);
      else if (typeof value === "string") model.colors.set(id, value);
    }
  }
}
