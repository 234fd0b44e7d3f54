import type { Moment, MomentKind, TimelineState } from "#protocol";

/** An icon of VS Code, the status whose colour it has, and what a screen reader says in its place. */
export interface MomentLook {
  readonly icon: string;
  readonly status: string;
  readonly word: string;
}

const looks: Readonly<Record<MomentKind, MomentLook>> = {
  "run-began": { icon: "rocket", status: "waiting", word: "run" },
  "run-ended": { icon: "stop-circle", status: "waiting", word: "run" },
  "went-on": { icon: "repo-forked", status: "stopped", word: "fork" },
  began: { icon: "play", status: "running", word: "began" },
  succeeded: { icon: "pass", status: "succeeded", word: "succeeded" },
  cached: { icon: "database", status: "succeeded", word: "from the cache" },
  failed: { icon: "error", status: "failed", word: "failed" },
  retried: { icon: "refresh", status: "failed", word: "failed, tried again" },
  skipped: { icon: "debug-step-over", status: "skipped", word: "skipped" },
  cancelled: { icon: "circle-slash", status: "cancelled", word: "cancelled" },
  said: { icon: "output", status: "waiting", word: "said" },
  asked: { icon: "question", status: "stopped", word: "asked" },
  round: { icon: "sync", status: "waiting", word: "round" },
  arm: { icon: "shield", status: "waiting", word: "arm" },
  call: { icon: "symbol-method", status: "waiting", word: "call" },
};

export function lookOf(kind: MomentKind): MomentLook {
  return looks[kind];
}

/** What the marks of a row mean, beside its words. */
export function spokenMarks(
  { breakpoint, recorded }: Moment,
  standing: "past" | "shown" | "to-come",
): string {
  const marks = [
    recorded ? "taken over from the record" : null,
    breakpoint ? "a breakpoint stops here" : null,
    standing === "shown" ? "shown" : null,
  ];
  return marks.map((mark) => (mark === null ? "" : `, ${mark}`)).join("");
}

/** Since the run began: `0.4 s`, `2:05`. */
export function momentTime(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The row after all moments. */
export function edgeWords({ edge, stopped, cursor }: TimelineState): string {
  if (edge === "record") return "End of the record";
  if (!stopped) return "The run goes on…";
  return cursor === null ? "Here the run is stopped" : "Back to where the run is stopped";
}

/** How deep in loops, tries and calls a stage is. */
export function depthOf({ stage }: Moment): number {
  return stage.split("/").length - 1;
}
