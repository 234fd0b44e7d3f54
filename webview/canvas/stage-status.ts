import type { StageRunState } from "#protocol";

/** How a status looks and what it is called. */
export interface StatusLook {
  readonly icon: string;
  readonly label: string;
}

/** The look of a stage's status in a run. */
export function statusLook(status: StageRunState["status"]): StatusLook {
  switch (status) {
    case "waiting":
      return { icon: "clockface", label: "waiting" };
    case "running":
      return { icon: "loading", label: "running" };
    case "succeeded":
      return { icon: "pass-filled", label: "succeeded" };
    case "cached":
      return { icon: "history", label: "succeeded, with the output of an earlier run" };
    case "recorded":
      return { icon: "archive", label: "succeeded before, taken over from the record" };
    case "failed":
      return { icon: "error", label: "failed" };
    case "skipped":
      return { icon: "debug-step-over", label: "skipped" };
    case "cancelled":
      return { icon: "circle-slash", label: "cancelled" };
  }
}
