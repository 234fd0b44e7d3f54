import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import type { CanvasProblem } from "#protocol";
import { useSession } from "../../session/session-context.tsx";
import type { FieldIds } from "../FieldControl.tsx";
import type { Field } from "../use-field.ts";
import { type CodeEditor, openCodeEditor } from "./code-editor.ts";
import type { CodeLanguage } from "./code-language.ts";
import { expressionAssist } from "./expression-assist.ts";
import { assistantFor, type FieldText } from "./field-assistant.ts";
import { problemsInText } from "./problems-in-text.ts";
import { showProblems } from "./show-problems.ts";

/** A field whose text is code: an editor that knows its language. */
export function CodeField({
  field,
  stage,
  path,
  language,
  lines,
  editable,
  required,
  placeholder,
  problems,
  ids,
}: {
  field: Field;
  stage: string | null;
  path: readonly string[];
  language: CodeLanguage;
  lines: "one" | "several";
  editable: boolean;
  required: boolean;
  placeholder: string;
  problems: readonly CanvasProblem[];
  ids: FieldIds;
}): ReactNode {
  const session = useSession();
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  // The editor lives longer than a render: it always meets the field as it is now.
  const latest = useRef({ field, path });
  useLayoutEffect(() => {
    latest.current = { field, path };
  });
  const dotted = path.join(".");

  useLayoutEffect(() => {
    if (parent.current === null) return undefined;
    const pathOf = (inner: FieldText): readonly string[] => [...latest.current.path, ...inner.path];
    const opened = openCodeEditor({
      parent: parent.current,
      text: latest.current.field.text,
      language,
      lines,
      placeholder,
      attributes: {
        id: ids.control,
        "data-field": dotted,
        "data-language": language,
        "aria-labelledby": ids.label,
        "aria-describedby": `${ids.about} ${ids.messages}`,
        "aria-required": String(required),
      },
      extensions: [
        expressionAssist(
          assistantFor(language, {
            complete: (asked) => session.completeField({ ...asked, stage, path: pathOf(asked) }),
            hover: (asked) => session.hoverField({ ...asked, stage, path: pathOf(asked) }),
          }),
        ),
      ],
      typed: (text) => latest.current.field.type(text),
      left: () => latest.current.field.leave(),
      isDraft: () => isDraft(latest.current.field),
    });
    editor.current = opened;
    return () => {
      editor.current = null;
      opened.destroy();
    };
    // Another field is another element, by its key.
  }, [
    session,
    stage,
    language,
    lines,
    placeholder,
    dotted,
    required,
    ids.control,
    ids.label,
    ids.about,
    ids.messages,
  ]);

  const { text } = field;
  const draft = isDraft(field);
  useEffect(() => editor.current?.setAccess(editable ? "edit" : "read"), [editable]);
  useEffect(() => {
    const opened = editor.current;
    if (opened === null) return;
    opened.show(text);
    if (!draft) opened.forgetHistory();
    // Places in what is not written yet are of another text.
    showProblems(opened.view, draft ? [] : problemsInText(language, text, latest.current.path, problems));
  }, [text, draft, problems, language]);
  return (
    <div
      ref={parent}
      className="field-input field-code"
      data-editor={language}
      data-editable={editable}
      aria-invalid={
        problems.some(({ severity }) => severity === "error") || field.draft?.state.kind === "stuck"
      }
    />
  );
}

function isDraft({ draft }: Field): boolean {
  switch (draft?.state.kind) {
    case undefined:
    case "sent":
    case "written":
      return false;
    case "typed":
    case "stuck":
    case "waiting":
    case "conflict":
      return true;
  }
}
