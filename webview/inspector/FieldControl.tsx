import { type KeyboardEvent, lazy, type ReactNode, Suspense } from "react";
import type { JsonValue } from "#core/pipeline";
import type { CanvasProblem } from "#protocol";
import type { CodeLanguage } from "./code/code-language.ts";
import { onFieldKey, spinProps } from "./field-keys.ts";
import type { Editor } from "./form/editor.ts";
import type { FormRow } from "./form/form.ts";
import type { Field } from "./use-field.ts";

/** The ids of a field's elements. */
export interface FieldIds {
  readonly label: string;
  readonly control: string;
  readonly about: string;
  readonly messages: string;
}

// CodeMirror is a bundle of its own: the form is there before it.
const CodeField = lazy(async () => ({ default: (await import("./code/CodeField.tsx")).CodeField }));

interface ControlProps {
  readonly field: Field;
  readonly stage: string | null;
  readonly row: FormRow;
  readonly problems: readonly CanvasProblem[];
  readonly editable: boolean;
  readonly ids: FieldIds;
}

/** The control that a field is changed by. */
export function FieldControl(props: ControlProps): ReactNode {
  const { editor } = props.field;
  switch (editor.kind) {
    case "identity":
      return <OneLine {...props} />;
    case "text":
      if (editor.templates) return <Code {...props} language="template" />;
      return editor.lines === "one" ? <OneLine {...props} /> : <SeveralLines {...props} />;
    case "number":
    case "number-or-text":
      return <OneLine {...props} />;
    case "expression":
    case "template":
    case "json":
      return <Code {...props} language={editor.kind} />;
    case "lines":
      return <SeveralLines {...props} />;
    case "choice":
      return <Choice {...props} options={editor.options.map(String)} />;
    case "switch":
      return <Switch {...props} />;
  }
}

/** What every control has for those who hear the page, and the keys that end typing. */
function commonProps({ field, row, problems, editable, ids }: ControlProps) {
  return {
    id: ids.control,
    "data-field": row.path.join("."),
    "aria-labelledby": ids.label,
    "aria-describedby": `${ids.about} ${ids.messages}`,
    "aria-required": row.required,
    "aria-invalid":
      field.draft?.state.kind === "stuck" || problems.some(({ severity }) => severity === "error"),
    onBlur: field.leave,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) =>
      onFieldKey(event, field, row, editable ? "edit" : "read"),
  };
}

function OneLine(props: ControlProps): ReactNode {
  const { field, row, editable, ids } = props;
  const list = row.suggestions.length === 0 ? undefined : `${ids.control}-list`;
  return (
    <>
      <input
        {...commonProps(props)}
        {...spinProps(field, row)}
        className="field-input"
        type="text"
        inputMode={field.editor.kind === "number" ? "decimal" : "text"}
        spellCheck={false}
        autoComplete="off"
        list={list}
        readOnly={!editable}
        placeholder={placeholderOf(row)}
        value={field.text}
        onChange={(event) => field.type(event.currentTarget.value)}
      />
      {list === undefined ? null : (
        <datalist id={list}>
          {row.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}

function SeveralLines(props: ControlProps): ReactNode {
  const { field, row, editable } = props;
  return (
    <textarea
      {...commonProps(props)}
      className="field-input field-lines"
      data-editor={field.editor.kind}
      rows={1}
      spellCheck={field.editor.kind === "text"}
      readOnly={!editable}
      placeholder={field.editor.kind === "lines" ? "One per line" : placeholderOf(row)}
      value={field.text}
      onChange={(event) => field.type(event.currentTarget.value)}
    />
  );
}

function Code({ language, ...props }: ControlProps & { readonly language: CodeLanguage }): ReactNode {
  const { field, row, editable, ids } = props;
  return (
    // What is typed before the editor is there would be lost with the focus.
    <Suspense fallback={<SeveralLines {...props} editable={false} />}>
      <CodeField
        key={language}
        lines={linesOf(field.editor)}
        field={field}
        stage={props.stage}
        path={row.path}
        language={language}
        editable={editable}
        required={row.required}
        placeholder={placeholderOf(row)}
        problems={props.problems}
        ids={ids}
      />
    </Suspense>
  );
}

function linesOf(editor: Editor): "one" | "several" {
  if (editor.kind === "text") return editor.lines;
  return editor.kind === "json" ? "several" : "one";
}

function Choice({ options, ...props }: ControlProps & { readonly options: readonly string[] }): ReactNode {
  const { field, row, editable } = props;
  const isKnown = field.text === "" || options.includes(field.text);
  return (
    <select
      {...commonProps(props)}
      className="field-input"
      disabled={!editable}
      value={field.text}
      onChange={(event) => field.choose(event.currentTarget.value)}
    >
      {row.written === undefined || !row.required ? <option value="">{placeholderOf(row)}</option> : null}
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
      {isKnown ? null : <option value={field.text}>{field.text} (not allowed)</option>}
    </select>
  );
}

function Switch(props: ControlProps): ReactNode {
  const { field, row, editable } = props;
  const on = field.text === "" ? row.fallback === true : field.text === "true";
  return (
    <div className="field-switch">
      <input
        {...commonProps(props)}
        type="checkbox"
        disabled={!editable}
        checked={on}
        onChange={(event) => field.choose(String(event.currentTarget.checked))}
      />
      <span>{switchText(row, on ? "Yes" : "No")}</span>
    </div>
  );
}

function switchText({ written, fallback }: FormRow, answer: "Yes" | "No"): string {
  if (written !== undefined) return answer;
  return fallback === undefined ? "Not given" : `${answer} (default)`;
}

function placeholderOf({ fallback, required }: FormRow): string {
  if (fallback === undefined) return required ? "" : "Not given";
  return `${shortOf(fallback)} (default)`;
}

function shortOf(value: JsonValue): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
