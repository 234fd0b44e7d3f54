import { mergePipelines } from "../../../core/merge/index.ts";
import type { MergeContender } from "./contender.ts";

export const flowMason: MergeContender = {
  name: "FlowMason",
  merge({ base, ours, theirs }) {
    const result = mergePipelines(base, ours, theirs);
    if (!result.ok) return { kind: "failed" };
    return result.decisions.some(({ state }) => state === "open")
      ? { kind: "conflict" }
      : { kind: "merged", text: result.text };
  },
};
