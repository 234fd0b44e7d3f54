import type { ReactNode } from "react";
import type { DiffChange } from "#protocol";
import { useStoreValue } from "../store/store.ts";
import { allChanges } from "./comparison-model.ts";
import type { ComparisonSession } from "./comparison-session.ts";
import { Pieces } from "./Pieces.tsx";

/** What is looked at: all changes of its stage, property by property, texts word by word, and the way to their JSON. */
export function ChangeDetails({ session }: { readonly session: ComparisonSession }): ReactNode {
  const model = useStoreValue(session.store, (whole) => whole);
  const { change, stage } = model;
  if (change === null && stage === null) return null;
  const own = allChanges(model).filter((each) => each.stage === stage && each.topic !== "layout");
  return (
    <section className="details" aria-label="Details">
      <h2 className="details-title">{stage ?? "Pipeline"}</h2>
      {own.length === 0 ? <p className="details-none">Says the same in both pipelines.</p> : null}
      <table className="properties">
        <thead className="for-screen-readers">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before and after</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {own.map((each) => (
            <PropertyRow key={`${each.kind} ${each.path}`} change={each} current={change} session={session} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PropertyRow({
  change,
  current,
  session,
}: {
  readonly change: DiffChange;
  readonly current: DiffChange | null;
  readonly session: ComparisonSession;
}): ReactNode {
  const { path, label, pieces, places } = change;
  return (
    <tr data-current={change === current}>
      <th scope="row">{path === "" ? label : path}</th>
      <td>
        <Pieces pieces={pieces} />
      </td>
      <td className="property-places">
        {places.before === null ? null : (
          <PlaceButton
            word="before"
            label={`Show ${path === "" ? "It" : path} in the Text Before`}
            act={() => session.openText("before", places.before)}
          />
        )}
        {places.after === null ? null : (
          <PlaceButton
            word="after"
            label={`Show ${path === "" ? "It" : path} in the Text After`}
            act={() => session.openText("after", places.after)}
          />
        )}
      </td>
    </tr>
  );
}

function PlaceButton({
  word,
  label,
  act,
}: {
  readonly word: string;
  readonly label: string;
  readonly act: () => void;
}): ReactNode {
  return (
    <button type="button" className="tool place" title={label} aria-label={label} onClick={act}>
      {word}
    </button>
  );
}
