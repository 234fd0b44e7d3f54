import type { ReactNode } from "react";
import type { ReadValue, ValueKind } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import type { ViewerSession } from "./viewer-session.ts";

const names: Readonly<Record<ValueKind, string>> = {
  json: "JSON",
  table: "Table",
  text: "Text",
  markdown: "Markdown",
  image: "Image",
};

/** What the value is called, as what it can be looked at, and what can be done with it. */
export function ViewerBar({
  session,
  value,
}: {
  readonly session: ViewerSession;
  readonly value: ReadValue;
}): ReactNode {
  const { name, expression, type, kinds, page } = value;
  return (
    <header className="viewer-bar">
      <h1 title={expression ?? name}>
        {expression ?? name} <span className="viewer-type">{type}</span>
      </h1>
      <fieldset className="viewer-kinds">
        <legend className="for-screen-readers">View as</legend>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={kind === page.as}
            onClick={() => session.show({ as: kind })}
          >
            {names[kind]}
          </button>
        ))}
      </fieldset>
      <div className="viewer-actions">
        {expression !== null && <Action icon="copy" name="Copy Path" act={() => session.copy(expression)} />}
        <Action icon="go-to-file" name="Open as Document" act={session.openDocument} />
        <Action icon="diff" name="Compare with Another Stage…" act={session.compare} />
      </div>
    </header>
  );
}

function Action({
  icon,
  name,
  act,
}: {
  readonly icon: string;
  readonly name: string;
  readonly act: () => void;
}): ReactNode {
  return (
    <button type="button" className="viewer-action" title={name} aria-label={name} onClick={act}>
      <Codicon name={icon} />
    </button>
  );
}
