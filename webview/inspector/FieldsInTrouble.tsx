import { Fragment, type ReactNode } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import { useSession } from "../session/session-context.tsx";
import type { Form, FormRow } from "./form/form.ts";
import type { FormProblems } from "./form/row-problems.ts";
import { goToField, turnSection } from "./inspector-commands.ts";

/** The fields with problems, above a form that may be longer than what is seen of it; each leads to its field. */
export function FieldsInTrouble({
  form,
  problems,
}: {
  form: Form;
  problems: FormProblems["byRow"];
}): ReactNode {
  const session = useSession();
  const fields = form.sections.flatMap(({ id, rows }) =>
    rows.filter((row) => worstAt(row, problems) !== null).map((row) => ({ section: id, row })),
  );
  if (fields.length === 0) return null;
  const isGrave = fields.some(({ row }) => worstAt(row, problems) === "error");
  const go = (section: string, row: FormRow): void => {
    if (session.store.get().inspector.unfolded[section] === false) turnSection(session, section, "open");
    goToField(row.path);
  };
  return (
    <nav
      className="inspector-trouble"
      aria-label="Fields with problems"
      data-severity={isGrave ? "error" : "warning"}
    >
      <Codicon name={isGrave ? "error" : "warning"} />
      <span>
        {isGrave ? "Errors in " : "Warnings in "}
        {fields.map(({ section, row }, index) => (
          <Fragment key={row.id}>
            {index === 0 ? null : ", "}
            <button type="button" className="link" onClick={() => go(section, row)}>
              {row.within === null ? row.label : `${row.within}.${row.label}`}
            </button>
          </Fragment>
        ))}
      </span>
    </nav>
  );
}

/** What asks for nothing to be done is said at its field alone. */
function worstAt(row: FormRow, problems: FormProblems["byRow"]): "error" | "warning" | null {
  const there = new Set(problems.get(row.id)?.map(({ severity }) => severity));
  if (there.has("error")) return "error";
  return there.has("warning") ? "warning" : null;
}
