import { type ReactNode, useState } from "react";
import type { JsonRow, ValuePage } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { number } from "./Pager.tsx";
import type { ViewerSession } from "./viewer-session.ts";

type JsonPage = Extract<ValuePage, { as: "json" }>;

/** A list or an object, whose parts are read when they are opened. */
export function JsonTree({
  session,
  page,
}: {
  readonly session: ViewerSession;
  readonly page: JsonPage;
}): ReactNode {
  const [rows, setRows] = useState<readonly JsonRow[]>(page.rows);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { path, total } = page;
  const readOn = (): void => {
    session.read({ as: "json", path, start: rows.length }).then((shown) => {
      if (shown.kind === "refused") setRefusal(shown.message);
      else if (shown.value.page.as === "json") setRows([...rows, ...shown.value.page.rows]);
    }, session.reportDefect);
  };
  const left = total - rows.length;
  return (
    <ul className="json-rows">
      {rows.map((row) => (
        <JsonItem key={row.key} session={session} path={path} row={row} />
      ))}
      {total === 0 && <li className="viewer-note">Nothing is in it.</li>}
      {left > 0 && (
        <li>
          <button type="button" className="json-more" onClick={readOn}>
            Show {number(Math.min(left, 100))} More of {number(left)}
          </button>
        </li>
      )}
      {refusal !== null && <li role="alert">{refusal}</li>}
    </ul>
  );
}

/** What is in a row: not asked for, being read, or there. */
type Inside =
  | { readonly kind: "closed" | "reading" }
  | { readonly kind: "open"; readonly page: JsonPage }
  | { readonly kind: "refused"; readonly message: string };

function JsonItem({
  session,
  path,
  row,
}: {
  readonly session: ViewerSession;
  readonly path: JsonPage["path"];
  readonly row: JsonRow;
}): ReactNode {
  const [inside, setInside] = useState<Inside>({ kind: "closed" });
  const { key, text, rows, expression } = row;
  const toggle = (): void => {
    if (inside.kind !== "closed") {
      setInside({ kind: "closed" });
      return;
    }
    setInside({ kind: "reading" });
    session.read({ as: "json", path: [...path, key] }).then((shown) => {
      if (shown.kind === "refused") setInside(shown);
      else if (shown.value.page.as === "json") setInside({ kind: "open", page: shown.value.page });
    }, session.reportDefect);
  };
  const label = (
    <>
      <span className="json-key">{key}</span>: <span className={`json-value ${looks(text)}`}>{text}</span>
    </>
  );
  return (
    <li>
      <div className="json-row">
        {rows === 0 ? (
          <span className="json-leaf">{label}</span>
        ) : (
          <button
            type="button"
            className="json-branch"
            aria-expanded={inside.kind !== "closed"}
            onClick={toggle}
          >
            <Codicon name={inside.kind === "closed" ? "chevron-right" : "chevron-down"} />
            {label}
          </button>
        )}
        {expression !== null && (
          <button
            type="button"
            className="json-copy"
            title={`Copy Path: ${expression}`}
            aria-label={`Copy the path of ${key}`}
            onClick={() => session.copy(expression)}
          >
            <Codicon name="copy" />
          </button>
        )}
      </div>
      {inside.kind === "open" && <JsonTree session={session} page={inside.page} />}
      {inside.kind === "refused" && <p role="alert">{inside.message}</p>}
    </li>
  );
}

/** By how it begins: what it is was cut away in places, but never that. */
function looks(text: string): string {
  if (text.startsWith('"')) return "json-text";
  return /^[-\d]/.test(text) ? "json-number" : "json-other";
}
