import type { StageControl } from "#protocol";
import type { StageItem } from "../graph/outline.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import type { MenuEntry } from "./menu-entries.ts";

/** What the debugger can do with a stage, as far as a run is there; and the way to and from a pin. */
export function runEntries(
  session: CanvasSession,
  { run, pins, runBlocked }: CanvasModel,
  stages: readonly StageItem[],
): readonly MenuEntry[] {
  const [stage, ...others] = stages;
  if (stage === undefined || others.length > 0) return [];
  const { id } = stage.card;
  const entry = (label: string, control: StageControl): MenuEntry => ({
    label,
    keys: "",
    act: () => session.controlRun(id, control),
    blocked: null,
    startsGroup: false,
  });
  const isOn = run.phase === "running" || run.phase === "stopped";
  const isLive = isOn && run.past === null;
  const isHere = isLive && run.stoppedAt === id;
  const isRunning = isLive && run.stages.get(id)?.status === "running";
  const status = run.stages.get(id)?.status ?? "waiting";
  const hasRun = status !== "waiting" && status !== "running";
  const entries = [
    ...(isLive && !isHere ? [entry("Run to This Stage", "run-to")] : []),
    ...(isHere ? [entry("Skip Stage", "skip"), entry("Retry Stage", "retry")] : []),
    ...(isHere || isRunning ? [entry("Keep What Has Come", "keep-partial")] : []),
    ...(isOn && hasRun ? [entry("Start from This Stage…", "start-from")] : []),
    ...(isOn && !pins.has(id) ? [entry("Pin Output", "pin")] : []),
    ...(pins.has(id) ? [{ ...entry("Unpin Output", "unpin"), blocked: runBlocked }] : []),
  ];
  return entries.map((each, index) => (index === 0 ? { ...each, startsGroup: true } : each));
}
