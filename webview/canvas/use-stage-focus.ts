import { type RefObject, useEffect, useRef } from "react";
import { useModel, useSession } from "../session/session-context.tsx";

/** What makes a stage's element the graph's one tab stop, or not. */
export interface StageFocus {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
}

/** Roving focus: the graph is one tab stop; arrow keys move within it. */
export function useStageFocus(key: string): StageFocus {
  const session = useSession();
  const ref = useRef<HTMLDivElement>(null);
  const isStop = useModel(({ focus, document }) => (focus ?? firstStage(document?.graph.items)) === key);
  const wanted = useModel(({ focus, overlay }) => focus === key && overlay.kind === "none");

  useEffect(() => {
    // Only when the keyboard is in the graph already, or was in a part of it that is no longer drawn: to show a stage
    // must not take the keyboard from the text editor.
    const active = document.activeElement;
    const here = active === document.body || active?.closest(".canvas-graph") != null;
    if (wanted && here && active !== ref.current && document.hasFocus())
      ref.current?.focus({ preventScroll: true });
  }, [wanted]);

  return {
    ref,
    tabIndex: isStop ? 0 : -1,
    onFocus: () => session.store.update((model) => (model.focus === key ? model : { ...model, focus: key })),
  };
}

function firstStage(items: ReadonlyMap<string, { readonly key: string }> | undefined): string | null {
  return items?.values().next().value?.key ?? null;
}
