import { createContext, type ReactNode, use } from "react";
import type { ComponentFace } from "#protocol";
import type { ComparedGraphs } from "./compare-graphs.ts";

/** What the boxes of a comparison have to know besides themselves. */
export interface Compared extends Pick<ComparedGraphs, "stages" | "oldIds"> {
  /** Whether stages that have another id now are called by that or by the one that they had. */
  readonly ids: "new" | "old";
  /** What is said of stages beside what they are, by id: how much longer they took in the second of two runs. */
  readonly notes: ReadonlyMap<string, string>;
  /** The project's own components, by type. */
  readonly components: ReadonlyMap<string, ComponentFace>;
}

const ComparedContext = createContext<Compared>({
  stages: new Map(),
  oldIds: new Map(),
  ids: "new",
  notes: new Map(),
  components: new Map(),
});

/** Gives what has become of the stages to everything inside. */
export function ComparedProvider({
  compared,
  children,
}: {
  readonly compared: Compared;
  readonly children: ReactNode;
}): ReactNode {
  return <ComparedContext value={compared}>{children}</ComparedContext>;
}

/** The comparison that the component is part of. */
export function useCompared(): Compared {
  return use(ComparedContext);
}
