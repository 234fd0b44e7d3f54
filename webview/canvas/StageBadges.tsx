import type { ReactNode } from "react";
import { type InheritedMark, markWords } from "../graph/inherited-mark.ts";
import type { StageCard } from "../graph/stage-card.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useSession } from "../session/session-context.tsx";
import { statusLabel, statusLook } from "./stage-status.ts";
import { breakpointLabel, problemsLabel, type StageMarks } from "./use-stage-marks.ts";

/** The sign of what a run did with the stage; the stop's arrow goes before all else. */
export function StatusBadge({ run, replayed, stopped }: StageMarks): ReactNode {
  if (stopped) {
    return (
      <span className="status-badge" data-status="stopped" title="The run is stopped here">
        <Codicon name="debug-stackframe" />
      </span>
    );
  }
  if (run === undefined) return null;
  const { icon } = statusLook(run.status);
  const label = statusLabel(run.status, replayed ? "record" : "run");
  return (
    <span
      className="status-badge"
      data-status={run.status}
      data-replayed={replayed}
      title={run.note === undefined ? label : `${label}: ${run.note}`}
    >
      <Codicon name={icon} />
    </span>
  );
}

/** The sign of a stage that a parent has: where it is from, and whether this file changes it. */
export function InheritedBadge({ mark }: { mark: InheritedMark | null }): ReactNode {
  if (mark === null) return null;
  return (
    <span className="inherited-badge" data-standing={mark.standing} title={capitalised(markWords(mark))}>
      <Codicon name={mark.standing === "inherited" ? "type-hierarchy-super" : "edit"} />
    </span>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The way into the pipeline that the stage calls; keys have Alt+Enter for it. */
export function CallBadge({ card }: { card: StageCard }): ReactNode {
  const session = useSession();
  if (card.componentType !== "subpipeline") return null;
  return (
    <button
      type="button"
      className="call-badge nodrag"
      tabIndex={-1}
      title="Open Called Pipeline (Alt+Enter)"
      aria-label="Open Called Pipeline"
      onClick={(event) => {
        event.stopPropagation();
        session.openCalledPipeline(card.id);
      }}
      // Twice is not the double click that leads to the text.
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Codicon name="go-to-file" />
    </button>
  );
}

/** Breakpoint, problems and pin, on the corners of the stage. */
export function CornerBadges({ breakpoint, problems, pin }: StageMarks): ReactNode {
  return (
    <>
      {breakpoint !== undefined && (
        <span
          className="breakpoint-badge"
          data-enabled={breakpoint.enabled}
          data-verified={breakpoint.verified}
          title={breakpointLabel(breakpoint)}
        >
          <Codicon name={breakpointIcon(breakpoint)} />
        </span>
      )}
      {problems !== undefined && (
        <span
          className="problem-badge"
          data-severity={problems.errors > 0 ? "error" : "warning"}
          title={`${problemsLabel(problems)}\n${problems.text}`}
        >
          <Codicon name={problems.errors > 0 ? "error" : "warning"} />
        </span>
      )}
      {pin !== undefined && (
        <span className="pin-badge" title={`It does not run. ${pin}.`}>
          <Codicon name="pinned" />
        </span>
      )}
    </>
  );
}

function breakpointIcon({ kind, enabled, verified }: NonNullable<StageMarks["breakpoint"]>): string {
  const suffix = enabled && !verified ? "-unverified" : "";
  switch (kind) {
    case "plain":
      return `debug-breakpoint${suffix}`;
    case "conditional":
      return `debug-breakpoint-conditional${suffix}`;
    case "log":
      return `debug-breakpoint-log${suffix}`;
  }
}
