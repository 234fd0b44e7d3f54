import { useMemo } from "react";
import type { CanvasProblem } from "#protocol";
import { faultOf } from "./form/field-limits.ts";
import type { FormRow } from "./form/form.ts";
import { typedValue } from "./form/typed-value.ts";
import type { Field } from "./use-field.ts";

/**
 * The problems of a field, and that what stands in it, typed or written, is beyond the limits of its schema. Once the
 * language server says something of the field, that is said alone: it knows more.
 */
export function useLimitFault(
  { editor, text }: Field,
  { limits, path }: FormRow,
  problems: readonly CanvasProblem[],
): readonly CanvasProblem[] {
  return useMemo(() => {
    if (problems.length > 0 || limits.length === 0) return problems;
    const typed = typedValue(editor, text);
    const fault = typed.kind === "value" ? faultOf(limits, typed.value) : null;
    if (fault === null) return problems;
    const about = { stage: null, severity: "error", code: null, line0: 0, within: null } as const;
    return [{ ...about, path, message: `Not valid here. ${fault}` }];
  }, [problems, limits, path, editor, text]);
}
