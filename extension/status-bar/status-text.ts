import type { CanvasRun } from "#protocol";

/**
 * What the status bar says of the pipeline in front. `run` is its latest run; `latest` the session that was started last,
 * of whatever pipeline: how a run ended that is not the last one would look like how that did.
 */
export function statusText(stages: number, run: CanvasRun, latest: string | null): string {
  const count = `${stages} ${stages === 1 ? "stage" : "stages"}`;
  const ended = run.stages.filter(({ status }) => status !== "running" && status !== "waiting").length;
  switch (run.phase) {
    case "idle":
      return `$(type-hierarchy-sub) ${count}`;
    case "running":
      return `$(sync~spin) ${ended} of ${count}`;
    case "stopped":
      return `$(${run.past == null ? "debug-pause" : "history"}) ${ended} of ${count}`;
    case "finished":
      if (run.session !== latest) return `$(type-hierarchy-sub) ${count}`;
      return `${endedIcon(run)} ${count}`;
  }
}

function endedIcon({ stages }: CanvasRun): string {
  if (stages.some(({ status }) => status === "failed")) return "$(error)";
  return stages.some(({ status }) => status === "cancelled") ? "$(circle-slash)" : "$(pass)";
}
