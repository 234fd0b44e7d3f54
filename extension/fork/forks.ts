import * as vscode from "vscode";
import { DEBUG_TYPE, type ForkPlan, forkPlanRequest } from "#protocol";
import { activePipeline } from "../active-pipeline.ts";
import type { RecordedPipeline } from "../comparison/run-snapshot.ts";
import { startInFront } from "../debug/bring-to-front.ts";
import type { CallStackPlace } from "../debug/call-stack-place.ts";
import { debugRecordedRun, type ListRuns, type RunChoice } from "../debug/debug-recorded-run.ts";
import { chooseBranch } from "../debug/debugged-place.ts";
import type { DebuggedSessions } from "../debug/debugged-sessions.ts";
import type { RunViews } from "../debug/run-views.ts";
import { type Edge, Refusal } from "../edge.ts";
import { chooseChange, chooseSetting, type ForkChange } from "./choose-change.ts";
import { confirmPlan, type ForkConsent } from "./confirm-plan.ts";
import { askValues, planOfAll, runSweep, type SweepTools, type SweepVariant } from "./sweep.ts";

const ofRecord: RunChoice = {
  title: "Live Replay",
  placeHolder: "Which run is to be gone through again? What would run is shown first",
};

/** What the user can have run on from a run that is debugged, be it live or a record. That run stays as it is. */
export interface Forks {
  /** Asks what is to be otherwise from there on: from an event of the run, else from what is shown of it. */
  forkRun(event: number | undefined, menu: CallStackPlace | undefined): Promise<void>;
  /**
   * Goes through the run again from its record, and asks models: all of it where nothing is given, else from an event of
   * it on; of a run that is not debugged it is one that the user chooses.
   */
  liveReplay(event: number | undefined, menu: CallStackPlace | undefined, list: ListRuns): Promise<void>;
  /** Forks the run once for each of several values of a setting, and shows what comes of them side by side. */
  sweep(menu: CallStackPlace | undefined): Promise<void>;
  /** Runs a stage of a run again, by its address, and all that used it, with what was recorded before. */
  startFromStage(session: vscode.DebugSession, address: string): Promise<void>;
  startFromBranch(menu: CallStackPlace | undefined): Promise<void>;
  /** Ends the run that is stopped, and goes on from where it stands with the files as they are now. */
  continueEdited(): Promise<void>;
  /** Whether it is just saving files for that. */
  isSaving(): boolean;
}

/** Forks of the run that a menu is of, else of the one in front. */
export function createForks({
  edge,
  runs,
  sessions,
  recordedPipeline,
  tools,
}: {
  readonly edge: Edge;
  readonly runs: RunViews;
  readonly sessions: DebuggedSessions;
  readonly recordedPipeline: RecordedPipeline;
  readonly tools: SweepTools;
}): Forks {
  let saving = false;
  /** What cannot be VS Code says itself, in the adapter's words; undefined then. */
  const planOf = async (
    session: vscode.DebugSession,
    at: number | "shown" | "end",
    change: ForkChange,
  ): Promise<ForkPlan | undefined> => {
    let answer: unknown;
    try {
      answer = await session.customRequest(forkPlanRequest.name, { at, ...change });
    } catch (error) {
      edge.log.info(`planning a fork: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
    return forkPlanRequest.body.parse(answer);
  };

  /** Shows the plan and starts the session of the fork, where the user wants it; `before` is done first. */
  const carryOut = async (
    session: vscode.DebugSession,
    plan: ForkPlan,
    words: { readonly title: string; readonly start: string; readonly name?: string },
    before: () => Promise<void>,
  ): Promise<void> => {
    const consent = await confirmPlan(plan, words);
    if (consent === undefined) return;
    await before();
    const { fork, cwd } = plan.launch;
    const repeated = consent === "repeat-effects" ? { ...fork, repeatEffects: true } : fork;
    const configuration = {
      ...settingsOf(session, fork),
      type: DEBUG_TYPE,
      request: "launch",
      name: `${words.name ?? "Fork of"} ${session.name.replace(/^((Fork|Live replay) of )+/, "")}`,
      fork: repeated,
      cwd,
    };
    await startInFront(() => vscode.debug.startDebugging(session.workspaceFolder, configuration));
  };

  const forkWith = async (
    session: vscode.DebugSession,
    at: number | "shown",
    title: string,
    change: ForkChange,
  ): Promise<void> => {
    const plan = await planOf(session, at, change);
    if (plan !== undefined) await carryOut(session, plan, { title, start: "Start the Fork" }, async () => {});
  };

  const startFrom = (session: vscode.DebugSession, address: string): Promise<void> =>
    forkWith(session, "shown", `Start from ${address}`, { again: [address] });

  return {
    async forkRun(event, menu) {
      const session = sessions.of(menu);
      const at = event ?? "shown";
      const title = "Fork Run from Here";
      const plan = await planOf(session, at, {});
      if (plan === undefined) return;
      const { run } = plan.launch.fork;
      const { text } = await recordedPipeline(vscode.Uri.file(plan.launch.cwd), run);
      // What the frame shows is what the stage gave by another moment.
      const outputOf = async (stage: string): Promise<unknown> =>
        at === "shown" ? await shownOutput(session, stage) : undefined;
      const change = await chooseChange(title, { plan, text, outputOf });
      if (change !== undefined) await forkWith(session, at, title, change);
    },
    async liveReplay(event, menu, list) {
      const isDebugged = menu !== undefined || vscode.debug.activeDebugSession?.type === DEBUG_TYPE;
      if (!isDebugged && !(await debugRecordedRun(list, activePipeline(), ofRecord))) return;
      const session = sessions.of(menu);
      const title = event === undefined ? "Live Replay" : `Live Replay from Event ${event}`;
      const plan = await planOf(session, "end", { againFrom: event ?? 0 });
      if (plan === undefined) return;
      if (plan.again.length + plan.ahead.length === 0)
        throw new Refusal("No stage of the run had still to end there: there is nothing to run again.");
      const words = { title, start: "Start the Live Replay", name: "Live replay of" };
      await carryOut(session, plan, words, async () => {});
    },
    async sweep(menu) {
      const session = sessions.of(menu);
      const title = "Try Several Values";
      const base = await planOf(session, "end", {});
      if (base === undefined) return;
      const { cwd, fork } = base.launch;
      const { text } = await recordedPipeline(vscode.Uri.file(cwd), fork.run);
      const setting = await chooseSetting(title, text);
      const values = setting && (await askValues(`${title}: ${setting.place}`, setting.value));
      if (setting === undefined || values === undefined) return;
      const variants: SweepVariant[] = [];
      for (const value of values) {
        const plan = await planOf(session, "end", { set: { [setting.place]: value } });
        if (plan === undefined) return;
        variants.push({ value, plan });
      }
      const all = planOfAll(variants);
      if (all === undefined) return;
      const consent = await confirmPlan(all, { title, start: `Run ${variants.length} Forks` });
      if (consent === undefined) return;
      const settings = settingsOf(session, fork);
      await runSweep(setting, consented(variants, consent), settings, tools);
    },
    startFromStage: startFrom,
    async startFromBranch(menu) {
      const session = sessions.of(menu);
      await startFrom(session, (await chooseBranch(session, menu)).name);
    },
    isSaving: () => saving,
    async continueEdited() {
      const session = sessions.inFront();
      const { replay, pipeline } = session.configuration;
      const past = typeof pipeline === "string" ? (runs.of(vscode.Uri.file(pipeline)).past ?? null) : null;
      if (replay !== undefined || past !== null)
        throw new Refusal(
          "What is shown is the past of a run, which cannot go on. Fork Run from Here… starts another run from it, with the file as it is now.",
        );
      const dirty = vscode.workspace.textDocuments.filter(
        ({ isDirty, uri }) => isDirty && runs.of(uri).session === session.id,
      );
      saving = true;
      try {
        for (const document of dirty)
          if (!(await document.save()))
            throw new Refusal(`${document.fileName} could not be saved. What runs is what is saved.`);
      } finally {
        saving = false;
      }
      const plan = await planOf(session, "shown", { from: "files" });
      if (plan === undefined) return;
      const words = {
        title: "Continue with the Edited Pipeline",
        start: "End This Run and Continue with the Edited One",
      };
      await carryOut(session, plan, words, async () => vscode.debug.stopDebugging(session));
    },
  };
}

function consented(variants: readonly SweepVariant[], consent: ForkConsent): readonly SweepVariant[] {
  if (consent === "no-effects") return variants;
  return variants.map(({ value, plan }) => {
    const launch = { ...plan.launch, fork: { ...plan.launch.fork, repeatEffects: true } };
    return { value, plan: { ...plan, launch } };
  });
}

/** Settings of a launch that its forks have too. In a live replay nothing stands for a model, or for a stage that ran. */
function settingsOf(
  { configuration }: vscode.DebugSession,
  { againFrom }: ForkPlan["launch"]["fork"],
): Readonly<Record<string, unknown>> {
  const isLive = againFrom !== undefined;
  const kept = [
    "provider",
    "env",
    "stopBranches",
    ...(isLive ? [] : ["pins", "replayCassette"]),
    "maxTokens",
    "maxCost",
    "maxTime",
  ];
  const settings = Object.fromEntries(
    kept.flatMap((key): [string, unknown][] => {
      const value: unknown = configuration[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  return isLive ? { ...settings, pins: "ignore" } : settings;
}

/** What a stage gave, as far as the frame that is selected sees it; undefined where it does not. */
async function shownOutput(session: vscode.DebugSession, stage: string): Promise<unknown> {
  const item = vscode.debug.activeStackItem;
  if (!(item instanceof vscode.DebugStackFrame) || item.session.id !== session.id) return undefined;
  if (!/^[A-Za-z_]\w*$/.test(stage)) return undefined;
  const asked = { expression: `upstream.${stage}`, frameId: item.frameId, context: "clipboard" };
  const answer: unknown = await session.customRequest("evaluate", asked).then(
    (value: unknown) => value,
    // It is typed anew then.
    () => undefined,
  );
  const text =
    typeof answer === "object" && answer !== null && "result" in answer ? answer.result : undefined;
  if (typeof text !== "string") return undefined;
  const isText =
    typeof answer === "object" && answer !== null && "type" in answer && answer.type === "string";
  if (isText) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What hides a secret may be no JSON any longer.
    return undefined;
  }
}
