import type { RunOrigin } from "#protocol";

/** What is looked at in words: what it is called, and what that means. */
export interface OriginWords {
  readonly icon: string;
  readonly name: string;
  readonly meaning: string;
}

/** Names exact replay, live replay and forks apart, the same on the canvas and in the timeline. */
export function originWords({ kind, run }: RunOrigin): OriginWords {
  switch (kind) {
    case "exact-replay":
      return {
        icon: "history",
        name: "Exact replay",
        meaning: `of run ${run}: all of it is from the record, nothing runs and no model is asked.`,
      };
    case "live-replay":
      return {
        icon: "debug-rerun",
        name: "Live replay",
        meaning: `of run ${run}: its stages run again with the recorded inputs, and models are asked.`,
      };
    case "fork":
      return {
        icon: "repo-forked",
        name: "Fork",
        meaning: `of run ${run}: what changed runs again, with what used it.`,
      };
  }
}
