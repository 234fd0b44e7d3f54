import type { AskPort } from "#core/ports";

/** Where no one can be asked: every question fails its stage. */
export const nobody: AskPort = {
  ask: async () => ({ kind: "unanswerable", reason: "this run was started where no one can be asked" }),
};
