import { type ReactNode, useId } from "react";
import type { CanvasProblem } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { FieldControl } from "./FieldControl.tsx";
import { FieldMessages } from "./FieldMessages.tsx";
import { describeLimits } from "./form/describe-limits.ts";
import type { Editor } from "./form/editor.ts";
import type { FormRow } from "./form/form.ts";
import type { FieldOrigin } from "./inherited-fields.ts";
import { Prose } from "./Prose.tsx";
import { type Field, useField } from "./use-field.ts";
import { useLimitFault } from "./use-limit-fault.ts";

/** A field: its name, what it is for, the control it is changed by, and what is wrong with it. */
export function FieldRow({
  stage,
  row,
  problems,
  origin,
  editable,
}: {
  stage: string | null;
  row: FormRow;
  problems: readonly CanvasProblem[];
  origin: FieldOrigin | null;
  editable: boolean;
}): ReactNode {
  const field = useField(stage, row);
  const id = useId();
  const ids = {
    label: `${id}-label`,
    control: `${id}-control`,
    about: `${id}-about`,
    messages: `${id}-messages`,
  };
  const { label, within, description, required, note, written } = row;
  const limits = unlessSaid(description, describeLimits(row.limits));
  const told = useLimitFault(field, row, problems);
  const shownOrigin = written === undefined ? undefined : (origin ?? undefined);
  return (
    <div
      className="field"
      data-given={written !== undefined}
      data-origin={shownOrigin}
      data-path={row.path.join(".")}
    >
      <div className="field-head">
        <label
          id={ids.label}
          htmlFor={ids.control}
          title={row.path.join(".")}
          // A label leads to elements of forms only, which an editor is not.
          onClick={() => document.getElementById(ids.control)?.focus()}
        >
          {within === null ? null : <span className="field-within">{within}.</span>}
          {label}
          {required ? <span className="field-required"> (required)</span> : null}
          {shownOrigin === undefined ? null : <span className="field-origin"> {shownOrigin}</span>}
        </label>
        {editable ? <FieldActions field={field} row={row} control={ids.control} origin={origin} /> : null}
      </div>
      <div id={ids.about} className="field-about">
        {description === "" && limits === "" ? null : (
          <p className="field-description" title={`${description} ${limits}`.trim()}>
            <Prose text={description} />
            {limits === "" ? null : <span className="field-limits"> {limits}</span>}
          </p>
        )}
        {note === null ? null : <p className="field-note">{note}</p>}
      </div>
      <FieldControl field={field} stage={stage} row={row} problems={told} editable={editable} ids={ids} />
      <FieldMessages id={ids.messages} field={field} problems={told} />
    </div>
  );
}

const INSERT = "Insert an Input or Output";

/** Whether what stands in an editor can name inputs of the pipeline and outputs of stages. */
function takesReferences(editor: Editor): boolean {
  return (
    editor.kind === "template" || editor.kind === "expression" || (editor.kind === "text" && editor.templates)
  );
}

/** The editor is a bundle of its own, and there by the time that someone asks for this. */
async function insertReference(control: string): Promise<void> {
  const { insertReferenceAt } = await import("./code/insert-reference.ts");
  insertReferenceAt(control);
}

/** The limits in words, where the description does not say the same; empty else. */
function unlessSaid(description: string, limits: string): string {
  return description.toLowerCase().includes(limits.slice(0, -1).toLowerCase()) ? "" : limits;
}

function FieldActions({
  field,
  row,
  control,
  origin,
}: {
  field: Field;
  row: FormRow;
  control: string;
  origin: FieldOrigin | null;
}): ReactNode {
  const { next } = field;
  const canReset =
    row.written !== undefined &&
    field.editor.kind !== "identity" &&
    (origin === null ? !row.required : origin === "overridden");
  const reset = origin === null ? "Remove from the File" : "Revert to Parent";
  return (
    <span className="field-actions">
      {takesReferences(field.editor) && row.path.length > 1 ? (
        <button
          type="button"
          className="field-action"
          aria-label={`${row.label}: ${INSERT}`}
          title={INSERT}
          onClick={() => void insertReference(control)}
        >
          <Codicon name="references" />
        </button>
      ) : null}
      {next === null ? null : (
        <button
          type="button"
          className="field-action"
          aria-label={`${row.label}: ${actionOf(next)}`}
          title={actionOf(next)}
          onClick={field.changeEditor}
        >
          <Codicon name={iconOf(next)} />
        </button>
      )}
      {canReset ? (
        <button
          type="button"
          className="field-action"
          aria-label={`${row.label}: ${reset}`}
          title={reset}
          onClick={field.reset}
        >
          <Codicon name="discard" />
        </button>
      ) : null}
    </span>
  );
}

function actionOf(editor: Editor): string {
  switch (editor.kind) {
    case "template":
      return "Use an Expression {{ }}";
    case "json":
      return "Edit as JSON";
    case "expression":
    case "text":
      return "Edit as Text";
    case "identity":
    case "number":
    case "choice":
    case "switch":
    case "number-or-text":
    case "lines":
      return "Edit as a Value";
  }
}

function iconOf(editor: Editor): string {
  switch (editor.kind) {
    case "template":
      return "symbol-variable";
    case "json":
      return "json";
    case "expression":
    case "text":
    case "identity":
    case "number":
    case "choice":
    case "switch":
    case "number-or-text":
    case "lines":
      return "symbol-field";
  }
}
