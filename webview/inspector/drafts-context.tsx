import { createContext, type ReactNode, use } from "react";
import { useStoreValue } from "../store/store.ts";
import { type Draft, draftKey } from "./draft.ts";
import type { Drafts } from "./drafts.ts";

const DraftsContext = createContext<Drafts | null>(null);

/** Gives `drafts` to everything inside. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }): ReactNode {
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

/** The drafts of the canvas that the component is part of. */
export function useDrafts(): Drafts {
  const drafts = use(DraftsContext);
  if (drafts === null) throw new Error("This component stands outside a canvas.");
  return drafts;
}

/** What is being typed into a field; undefined while nothing is. */
export function useDraft(field: Pick<Draft, "stage" | "path">): Draft | undefined {
  const { store } = useDrafts();
  const key = draftKey(field);
  return useStoreValue(store, (drafts) => drafts.get(key));
}
