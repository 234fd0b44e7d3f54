import { useMemo } from "react";
import { noPipeline } from "../model/no-pipeline.ts";
import { useModel } from "./session-context.tsx";

/** Whether the text can be read and is no pipeline: a file of another program, of which nothing can be run or filled in. */
export function useIsForeign(): boolean {
  const shown = useModel(({ document }) => document?.shown ?? null);
  return useMemo(() => shown !== null && noPipeline(shown) !== null, [shown]);
}
