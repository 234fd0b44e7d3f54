import type { ReactNode } from "react";
import type { Moment } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { depthOf, lookOf, momentTime, spokenMarks } from "./moment-look.ts";

/** In pixels; the style sheet has the same. */
export const ROW_HEIGHT = 22;

/** Where a row is as seen from what is shown of the run. */
export type Standing = "past" | "shown" | "to-come";

interface RowProps {
  readonly row: number;
  readonly rows: number;
  readonly standing: Standing;
  readonly isCurrent: boolean;
  readonly onChoose: (row: number) => void;
}

/** A moment of the run; empty until it is known. */
export function TimelineRow({
  moment,
  forks,
  ...place
}: RowProps & {
  readonly moment: Moment | undefined;
  /** How many forks of the run begin here. */
  readonly forks: number;
}): ReactNode {
  if (moment === undefined)
    return (
      <Row {...place} recorded={false} menu={undefined}>
        <Spoken>Being read</Spoken>
      </Row>
    );
  const { icon, status, word } = lookOf(moment.kind);
  return (
    <Row {...place} recorded={moment.recorded} menu={momentMenu(moment)}>
      <span className="moment-breakpoint" data-set={moment.breakpoint} />
      <span className="moment-icon" data-status={status} style={{ marginInlineStart: depthOf(moment) * 12 }}>
        <Codicon name={icon} />
      </span>
      {moment.stage === "" ? null : <span className="moment-stage">{moment.stage}</span>}
      <Spoken>{`, ${word}, `}</Spoken>
      <span className="moment-text">{moment.text}</span>
      {forks === 0 ? null : (
        <span className="moment-forks" title={forkWords(forks)}>
          <Codicon name="repo-forked" />
          {forks === 1 ? "" : forks}
        </span>
      )}
      <span className="moment-time">{momentTime(moment.ms)}</span>
      <Spoken>{`${forks === 0 ? "" : `, ${forkWords(forks)}`}${spokenMarks(moment, place.standing)}`}</Spoken>
    </Row>
  );
}

function forkWords(forks: number): string {
  return forks === 1 ? "A fork begins here" : `${forks} forks begin here`;
}

/** The row after all moments. */
export function EdgeRow({ words, ...place }: RowProps & { readonly words: string }): ReactNode {
  return (
    <Row {...place} recorded={false} menu={undefined}>
      <span className="moment-breakpoint" data-set={false} />
      <span className="moment-icon" data-status="stopped">
        <Codicon name="debug-stackframe" />
      </span>
      <span className="moment-text">{words}</span>
    </Row>
  );
}

/** What VS Code opens the menu of a moment by: its commands get it. */
export function momentMenu({ seq }: Moment): string {
  return JSON.stringify({ webviewSection: "moment", moment: seq, preventDefaultContextMenuItems: true });
}

/** What colours and signs say, for those who cannot see them. */
function Spoken({ children }: { readonly children: string }): ReactNode {
  return children === "" ? null : <span className="for-screen-readers">{children}</span>;
}

function Row({
  row,
  rows,
  standing,
  isCurrent,
  onChoose,
  recorded,
  menu,
  children,
}: RowProps & {
  readonly recorded: boolean;
  readonly menu: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard, as lists of that many rows do.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names this row as the active one.
    <div
      id={`moment-${row}`}
      className="moment"
      role="option"
      aria-selected={isCurrent}
      aria-current={standing === "shown" ? "step" : undefined}
      aria-posinset={row + 1}
      aria-setsize={rows}
      data-standing={standing}
      data-recorded={recorded}
      data-vscode-context={menu}
      style={{ top: row * ROW_HEIGHT }}
      onClick={() => onChoose(row)}
    >
      {children}
    </div>
  );
}
