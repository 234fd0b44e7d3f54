import { type ReactNode, useId } from "react";
import type { CanvasProblem } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { FieldControl } from "./FieldControl.tsx";
import { FieldMessages } from "./FieldMessages.tsx";
import type { Editor } from "./form/editor.ts";
import type { FormRow } from "./form/form.ts";
import { Prose } from "./Prose.tsx";
import { type Field, useField } from "./use-field.ts";

/** A field: its name, what it is for, the control it is changed by, and what is wrong with it. */
export function FieldRow({
  stage,
  row,
  problems,
  editable,
}: {
  stage: string | null;
  row: FormRow;
  problems: readonly CanvasProblem[];
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
  return (
    <div className="field" data-given={written !== undefined} data-path={row.path.join(".")}>
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
        </label>
        {editable ? <FieldActions field={field} row={row} /> : null}
      </div>
      <div id={ids.about} className="field-about">
        {description === "" ? null : (
          <p className="field-description" title={description}>
            <Prose text={description} />
          </p>
        )}
        {note === null ? null : <p className="field-note">{note}</p>}
      </div>
      <FieldControl field={field} stage={stage} row={row} problems={problems} editable={editable} ids={ids} />
      <FieldMessages id={ids.messages} field={field} problems={problems} />
    </div>
  );
}

function FieldActions({ field, row }: { field: Field; row: FormRow }): ReactNode {
  const { next } = field;
  const canReset = row.written !== undefined && !row.required && field.editor.kind !== "identity";
  return (
    <span className="field-actions">
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
          aria-label={`${row.label}: Remove from the File`}
          title="Remove from the File"
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
