import { type ReactNode, useId, useMemo } from "react";
import type { CanvasProblem } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import { AddKey } from "./AddKey.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { FieldsInTrouble } from "./FieldsInTrouble.tsx";
import type { Form, FormSection } from "./form/form.ts";
import { type FormProblems, problemsInForm } from "./form/row-problems.ts";
import { type FieldOrigins, ownFields } from "./inherited-fields.ts";
import { turnSection } from "./inspector-commands.ts";
import { Problems } from "./Problems.tsx";
import { Prose } from "./Prose.tsx";

const noProblems: readonly CanvasProblem[] = [];

/** A form, section by section. `note` is what a banner above the canvas does not say already. */
export function FormView({
  form,
  editable,
  note,
  origins = ownFields,
}: {
  form: Form;
  origins?: FieldOrigins;
  editable: boolean;
  note: string | null;
}): ReactNode {
  const list = useModel((model) => model.problemList);
  const problems = useMemo(() => problemsInForm(form, list), [form, list]);
  return (
    <div className="inspector-form">
      {note === null ? null : (
        <p className="inspector-note">
          <Codicon name="lock" />
          <span>{note}</span>
        </p>
      )}
      {problems.others.length === 0 ? null : (
        <div className="inspector-problems">
          <Problems problems={problems.others} />
        </div>
      )}
      <FieldsInTrouble form={form} problems={problems.byRow} />
      {form.sections.map((section) => (
        <SectionView
          key={section.id}
          stage={form.stage}
          section={section}
          problems={problems.byRow}
          origins={origins}
          editable={editable}
        />
      ))}
    </div>
  );
}

function SectionView({
  stage,
  section,
  problems,
  origins,
  editable,
}: {
  stage: string | null;
  origins: FieldOrigins;
  section: FormSection;
  problems: FormProblems["byRow"];
  editable: boolean;
}): ReactNode {
  const { title, rows, folded, addsTo, offers, hint } = section;
  const session = useSession();
  const asked = useModel((model) => model.inspector.unfolded[section.id]);
  const body = useId();
  const wrong = rows.some(({ id }) => problems.has(id));
  const open = asked ?? (!folded || wrong);
  const given = rows.filter(({ written }) => written !== undefined).length;
  return (
    <section className="form-section">
      <h2>
        <button
          type="button"
          className="form-section-title"
          aria-expanded={open}
          aria-controls={body}
          onClick={() => turnSection(session, section.id, open ? "folded" : "open")}
        >
          <Codicon name={open ? "chevron-down" : "chevron-right"} />
          <span>{title}</span>
          {!open && wrong ? <span className="form-section-wrong">has problems</span> : null}
          {!open && given > 0 ? <span className="form-section-count">{given} set</span> : null}
        </button>
      </h2>
      <div id={body} className="form-section-body" hidden={!open}>
        {open ? (
          <>
            {hint === null ? null : (
              <p className="form-hint" title={hint}>
                <Prose text={hint} />
              </p>
            )}
            {rows.map((row) => (
              <FieldRow
                key={row.id}
                stage={stage}
                row={row}
                problems={problems.get(row.id) ?? noProblems}
                origin={origins(row.path)}
                editable={editable}
              />
            ))}
            {addsTo === null || !editable ? null : (
              <AddKey
                stage={stage}
                path={addsTo}
                taken={rows.map(({ path }) => path.at(-1) ?? "")}
                offers={offers}
              />
            )}
          </>
        ) : null}
      </div>
    </section>
  );
}
