import type { ReactNode } from "react";
import type { ReadValue } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { JsonTree } from "./JsonTree.tsx";
import { MarkdownText } from "./MarkdownText.tsx";
import { Pager } from "./Pager.tsx";
import { Picture } from "./Picture.tsx";
import { ValueTable } from "./ValueTable.tsx";
import { ViewerBar } from "./ViewerBar.tsx";
import type { ViewerSession } from "./viewer-session.ts";

/** A value of a run, as what suits it best, or as what the user chooses. */
export function ViewerApp({ session }: { readonly session: ViewerSession }): ReactNode {
  const value = useStoreValue(session.store, (model) => model.value);
  const refusal = useStoreValue(session.store, (model) => model.refusal);
  return (
    <>
      {value !== null && <ViewerBar session={session} value={value} />}
      {refusal !== null && (
        <p className="viewer-refusal" role="alert">
          <Codicon name="warning" />
          {refusal}
        </p>
      )}
      {value !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by the keyboard too.
        <main className="viewer-content" tabIndex={0} aria-label={`${value.name} as ${value.page.as}`}>
          <Content session={session} value={value} />
        </main>
      )}
      {value !== null && <Pager page={value.page} show={session.show} />}
    </>
  );
}

function Content({
  session,
  value,
}: {
  readonly session: ViewerSession;
  readonly value: ReadValue;
}): ReactNode {
  const { page } = value;
  switch (page.as) {
    case "json":
      return <JsonTree key={value.value} session={session} page={page} />;
    case "table":
      return <ValueTable page={page} />;
    case "text":
      return <pre className="viewer-text">{page.text}</pre>;
    case "markdown":
      return <MarkdownText text={page.text} />;
    case "image":
      return <Picture name={value.name} page={page} />;
  }
}
