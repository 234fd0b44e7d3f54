import type { KeyboardEvent } from "react";
import type { FormRow } from "./form/form.ts";
import { steppedNumber } from "./form/step-number.ts";
import { typedValue } from "./form/typed-value.ts";
import type { Field } from "./use-field.ts";

/**
 * Keys of a field stay in it: letters are no commands of the canvas, and undo takes back what is only typed. Enter ends
 * the typing of a line, arrows step a number. `access` is whether it can be changed.
 */
export function onFieldKey(
  event: KeyboardEvent<HTMLElement>,
  field: Field,
  row: FormRow,
  access: "edit" | "read",
): void {
  if (event.nativeEvent.isComposing) return;
  const chord = event.ctrlKey || event.metaKey;
  const isLine = event.currentTarget.tagName === "INPUT";
  if (access === "edit" && event.key === "Enter" && (isLine || chord)) {
    event.preventDefault();
    event.stopPropagation();
    field.leave();
    return;
  }
  if (access === "edit" && !chord && !event.altKey && stepNumber(event.key, field, row)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  // VS Code would undo an edit of the text; what was typed since is the browser's to undo.
  const isTyped = field.draft !== undefined && field.draft.state.kind !== "written";
  if (chord && isTyped && /^[zy]$/i.test(event.key)) event.stopPropagation();
}

/** What a number says to those who hear the page: its value, and the limits that it has. */
export function spinProps(field: Field, { limits }: FormRow) {
  if (field.editor.kind !== "number") return {};
  const typed = typedValue(field.editor, field.text);
  const own = limits.find(({ types }) => types.has("number") || types.has("integer"));
  return {
    role: "spinbutton",
    "aria-valuenow": typed.kind === "value" ? Number(typed.value) : undefined,
    "aria-valuemin": own?.minimum,
    "aria-valuemax": own?.maximum,
  };
}

function stepNumber(key: string, field: Field, { limits, fallback }: FormRow): boolean {
  if (field.editor.kind !== "number" || (key !== "ArrowUp" && key !== "ArrowDown")) return false;
  const typed = typedValue(field.editor, field.text);
  const from = typed.kind === "value" ? typed.value : field.text === "" ? fallback : undefined;
  if (typed.kind === "unusable") return false;
  const direction = key === "ArrowUp" ? "up" : "down";
  field.type(String(steppedNumber(limits, typeof from === "number" ? from : undefined, direction)));
  return true;
}
