import * as vscode from "vscode";
import { DEBUG_TYPE, type ForkPlan, type SweptRun } from "#protocol";
import type { SessionRuns } from "../debug/session-runs.ts";
import { askValue } from "./ask-value.ts";
import type { ChosenSetting } from "./choose-change.ts";
import type { SweepPanels } from "./sweep-panel.ts";

/** What came of forks, as far as their records tell; `stage` is the one whose outputs are looked at, by its id. */
export type ReadOutcomes = (
  folder: vscode.Uri,
  runs: readonly string[],
  stage: string,
) => Promise<readonly SweptRun[]>;

/** What a sweep needs besides what it is of. */
export interface SweepTools {
  readonly sessionRuns: SessionRuns;
  readonly readOutcomes: ReadOutcomes;
  readonly panels: Pick<SweepPanels, "show">;
}

/** One fork of a sweep, planned. */
export interface SweepVariant {
  readonly value: unknown;
  readonly plan: ForkPlan;
}

/** Asks for values until the user has all; undefined where they give up. */
export async function askValues(title: string, before: unknown): Promise<readonly unknown[] | undefined> {
  const values: unknown[] = [];
  for (;;) {
    const asked = await askValue(`${title} (${values.length + 1})`, values.at(-1) ?? before);
    if (asked === undefined) return undefined;
    values.push(asked.value);
    const enough = `$(play) Try ${values.length === 1 ? "This Value" : `These ${values.length} Values`}`;
    const another = "$(add) Another Value…";
    // One value is no sweep; from two on that may be all.
    const choices = values.length < 2 ? [another, enough] : [enough, another];
    const next = await vscode.window.showQuickPick(choices, { title });
    if (next === undefined) return undefined;
    if (next === enough) return values;
  }
}

/** All forks as one plan, to be agreed to at once. */
export function planOfAll(variants: readonly SweepVariant[]): ForkPlan | undefined {
  const [first] = variants;
  if (first === undefined) return undefined;
  const plans = variants.map(({ plan }) => plan);
  const sum = (of: (estimate: ForkPlan["estimate"]) => number): number =>
    plans.reduce((total, { estimate }) => total + of(estimate), 0);
  return {
    ...first.plan,
    again: variants.flatMap(({ value, plan }) =>
      plan.again.map(({ stage, why }) => ({ stage, why: `with ${shortly(value)}: ${why}` })),
    ),
    effects: [...new Set(plans.flatMap(({ effects }) => effects))],
    estimate: {
      calls: sum(({ calls }) => calls),
      tokens: sum(({ tokens }) => tokens),
      costUsd: sum(({ costUsd }) => costUsd),
      unpricedCalls: sum(({ unpricedCalls }) => unpricedCalls),
      uncountedCalls: sum(({ uncountedCalls }) => uncountedCalls),
      unknown: [...new Set(plans.flatMap(({ estimate }) => estimate.unknown))],
    },
  };
}

/** Runs the forks one after the other, until the user cancels, and shows what came of them in a table. */
export async function runSweep(
  { place, stage }: Pick<ChosenSetting, "place" | "stage">,
  variants: readonly SweepVariant[],
  settings: Readonly<Record<string, unknown>>,
  { sessionRuns, readOutcomes, panels }: SweepTools,
): Promise<void> {
  const [first] = variants;
  if (first === undefined) return;
  const { cwd, fork } = first.plan.launch;
  const begun: { readonly index: number; readonly run: string }[] = [];
  const progress = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: `Trying ${variants.length} values of ${place}`,
  };
  await vscode.window.withProgress(progress, async (shown, cancelled) => {
    for (const [index, { value, plan }] of variants.entries()) {
      if (cancelled.isCancellationRequested) return;
      shown.report({ message: `${index + 1} of ${variants.length}: ${shortly(value)}` });
      const launch = { ...settings, ...plan.launch, name: `${place} = ${shortly(value)}` };
      const run = await runToEnd(launch, sessionRuns, cancelled);
      if (run !== null) begun.push({ index, run });
    }
  });
  const outcomes = await readOutcomes(
    vscode.Uri.file(cwd),
    begun.map(({ run }) => run),
    stage,
  );
  const rows = variants.map(({ value }, index) => ({
    value: shortly(value),
    outcome: outcomes[begun.findIndex((each) => each.index === index)] ?? null,
  }));
  panels.show({ place, run: fork.run, cwd, stage, rows });
}

/** Nothing is opened for them, and they are of recorded texts: what is unsaved stays so. */
const quietly: vscode.DebugSessionOptions = {
  noDebug: true,
  suppressDebugView: true,
  suppressSaveBeforeStart: true,
};

/** Runs a fork without stops; the id of its run, null where it did not begin. */
async function runToEnd(
  launch: { readonly name: string; readonly cwd: string },
  sessionRuns: SessionRuns,
  cancelled: vscode.CancellationToken,
): Promise<string | null> {
  const over = Promise.withResolvers<string | null>();
  let own: vscode.DebugSession | undefined;
  const subscriptions = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (own !== undefined || session.name !== launch.name) return;
      own = session;
      // Cancelled while it began.
      if (cancelled.isCancellationRequested) void vscode.debug.stopDebugging(own);
    }),
    sessionRuns.onDidEnd(({ session, run }) => {
      if (session === own) over.resolve(run.id);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      // After whoever knows its run: the adapter tells it before the session is over, unless there was none.
      if (session === own) setTimeout(() => over.resolve(null));
    }),
    cancelled.onCancellationRequested(() => {
      // Without a session it would end all that there are.
      if (own !== undefined) void vscode.debug.stopDebugging(own);
    }),
  );
  try {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(launch.cwd));
    const configuration = { ...launch, type: DEBUG_TYPE, request: "launch" };
    if (!(await vscode.debug.startDebugging(folder, configuration, quietly))) return null;
    return await over.promise;
  } finally {
    subscriptions.dispose();
  }
}

/** A value as a heading has room for it. */
export function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
