import type { StageRunState } from "#protocol";

/** How a status looks and what it is called. */
export interface StatusLook {
  readonly icon: string;
  readonly label: string;
}

/** What a status is called: of a record that is looked at it says so, as nothing of it happens now. */
export function statusLabel(status: StageRunState["status"], of: "run" | "record"): string {
  const { label } = statusLook(status);
  const hasRun = status !== "waiting" && status !== "recorded";
  return of === "record" && hasRun ? `${label}, by the record` : label;
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
