import {
  createChannel,
  type FamilyRow,
  type Moment,
  type MomentKind,
  type RunOrigin,
  type TimelineState,
  timelineDefect,
  timelineJump,
  timelineMoments,
  timelineOpenRecord,
  timelineOverview,
  timelineReady,
  timelineShown,
  timelineSwitch,
} from "#protocol";
import { openTimeline } from "#webview";
import { createPortPair } from "./port-pair.ts";

/** The extension in the place of VS Code's: a run with so many moments; null where none is debugged. */
declare global {
  interface Window {
    timeline: {
      /** What the view has asked for, in order. */
      readonly log: string[];
      /** Characters of the longest message to the view. */
      longest: number;
      show(change: Partial<TimelineState>): void;
      /** Has it be of another run, in a tree of forks. */
      showRun(of: RunOrigin | null, tree: readonly FamilyRow[]): void;
    };
  }
}

const kinds: readonly MomentKind[] = [
  "round",
  "began",
  "said",
  "succeeded",
  "began",
  "retried",
  "failed",
  "skipped",
];

function momentOf(seq: number): Moment {
  const kind = kinds[seq % kinds.length] ?? "began";
  const stage = kind === "round" ? "each" : `each[${Math.floor(seq / 8)}]/draft`;
  const text = `What happened at ${seq}, told in a line that is longer than the list is wide`;
  return { seq, ms: seq * 37, kind, stage, text, breakpoint: seq % 16 === 1, recorded: seq < 8 };
}

// The test has put it there before it opened the page.
const total: number | null = JSON.parse(window.name);
const { host, view } = createPortPair();
const channel = createChannel(host, (error) => {
  throw error;
});
let state: TimelineState = {
  run: null,
  total: total ?? 0,
  cursor: null,
  edge: "live",
  stopped: true,
  breakpoints: 1,
};
let origin: RunOrigin | null = null;
let family: readonly FamilyRow[] = [];
const shown = () =>
  total === null ? null : { session: "one", name: "feedback.pipeline.json", state, origin, family };
const log: string[] = [];
window.timeline = {
  log,
  longest: 0,
  showRun(of, tree) {
    origin = of;
    family = tree;
    channel.emit(timelineShown, shown());
  },
  show(change) {
    state = { ...state, ...change };
    channel.emit(timelineShown, shown());
  },
};
channel.onRequest(timelineReady, shown);
channel.onRequest(timelineSwitch, ({ runId }) => {
  log.push(`switch ${runId}`);
  return null;
});
channel.onRequest(timelineMoments, ({ start, count }) => {
  log.push(`moments ${start} ${count}`);
  const end = Math.min(start + count, state.total);
  const moments = Array.from({ length: Math.max(0, end - start) }, (_, index) => momentOf(start + index));
  window.timeline.longest = Math.max(window.timeline.longest, JSON.stringify(moments).length);
  return moments;
});
channel.onRequest(timelineOverview, ({ parts }) =>
  Array.from({ length: Math.min(parts, state.total) }, (_, index) =>
    index % 17 === 5 ? "failed" : index % 9 === 3 ? "breakpoint" : "ran",
  ),
);
channel.onRequest(timelineJump, ({ moment }) => {
  log.push(`jump ${moment}`);
  if (!state.stopped) return "The run goes on. Press Pause, or wait for a breakpoint, then go back in it.";
  window.timeline.show({ cursor: moment >= state.total ? null : moment });
  return null;
});
channel.onRequest(timelineOpenRecord, () => {
  log.push("open record");
  return null;
});
channel.onEvent(timelineDefect, ({ message }) => log.push(`defect ${message}`));

const root = document.getElementById("root");
if (root !== null) openTimeline(root, view);
