import * as vscode from "vscode";
import { nodeToJson, parsePipeline, type Stage } from "#core/pipeline";
import type { ForkPlan } from "#protocol";
import { askValue } from "./ask-value.ts";

/** What is to be otherwise in a fork, as the adapter is asked. */
export interface ForkChange {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly again?: readonly string[];
  readonly againFrom?: number | "shown";
  readonly from?: "files";
}

/** What there is to change. */
export interface ForkGround {
  /** The fork without a change. */
  readonly plan: ForkPlan;
  /** The text that the pipeline ran with. */
  readonly text: string;
  /** What a stage gave, by its address; undefined where that cannot be told. */
  readonly outputOf: (stage: string) => Promise<unknown>;
}

type Change = vscode.QuickPickItem & { readonly ask: () => Promise<ForkChange | undefined> };

/** Lets the user say what is to be otherwise. Undefined where they give up. */
export async function chooseChange(title: string, ground: ForkGround): Promise<ForkChange | undefined> {
  const { kept, again } = ground.plan;
  const ran = [...kept, ...again.map(({ stage }) => stage)];
  const changes: readonly Change[] = [
    {
      label: "$(edit) A prompt or another setting of a stage…",
      detail: "The stage runs again, and all that used it",
      ask: () => changeSetting(title, ground.text),
    },
    {
      label: "$(output) The output of a stage…",
      detail: "As if the stage had given it",
      ask: () => changeOutput(title, ran, ground.outputOf),
    },
    {
      label: "$(symbol-parameter) The input of the run…",
      detail: "One value of it, by its name",
      ask: () => changeInput(title, ground.text),
    },
    {
      label: "$(file-code) The pipeline file, as it is now",
      detail: "What is different in it runs again",
      ask: () => Promise.resolve({ from: "files" }),
    },
    {
      label: "$(debug-restart) Nothing: run a stage again…",
      detail: "And all that used it",
      ask: () => runAgain(title, ran),
    },
  ];
  const chosen = await vscode.window.showQuickPick(changes, {
    title,
    placeHolder: "What is to be otherwise? The run itself stays as it is",
  });
  return await chosen?.ask();
}

async function changeSetting(title: string, text: string): Promise<ForkChange | undefined> {
  const chosen = await chooseSetting(title, text);
  return chosen === undefined ? undefined : await setTo(title, chosen.place, chosen.value);
}

/** A setting of a stage. */
export interface ChosenSetting {
  /** As `fm fork --set` takes it: `draft.config.prompt`. */
  readonly place: string;
  /** The id of the stage in the file, in which there may be dots. */
  readonly stage: string;
  readonly value: unknown;
}

/** Lets the user choose a prompt or another setting of a stage: its place, and what it is. */
export async function chooseSetting(title: string, text: string): Promise<ChosenSetting | undefined> {
  const settings = parsePipeline(text).pipeline.stages.flatMap((stage) => settingsOf(stage));
  const chosen = await vscode.window.showQuickPick(settings, {
    title,
    placeHolder: "Which setting?",
    matchOnDescription: true,
  });
  return chosen?.setting;
}

function settingsOf(stage: Stage): readonly (vscode.QuickPickItem & { readonly setting: ChosenSetting })[] {
  const { id, config, fields } = stage;
  const places = [
    ...config.map(({ key, value }) => ({ place: `${id}.config.${key}`, value })),
    ...fields.flatMap(({ key, value }) => (notSettings.has(key) ? [] : [{ place: `${id}.${key}`, value }])),
  ];
  return places.map(({ place, value: node }) => {
    const value = nodeToJson(node);
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    return {
      label: place,
      description: shown.replaceAll(/\s+/g, " ").slice(0, 120),
      setting: { place, stage: id, value },
    };
  });
}

/** What a stage is and where it stands: another pipeline file is the way to change that. */
const notSettings: ReadonlySet<string> = new Set([
  "id",
  "type",
  "component_type",
  "component",
  "name",
  "description",
  "config",
  "depends_on",
  "position",
]);

async function changeOutput(
  title: string,
  ran: readonly string[],
  outputOf: ForkGround["outputOf"],
): Promise<ForkChange | undefined> {
  const stage = await vscode.window.showQuickPick(ran, { title, placeHolder: "The output of which stage?" });
  return stage === undefined ? undefined : await setTo(title, `${stage}.output`, await outputOf(stage));
}

async function changeInput(title: string, text: string): Promise<ForkChange | undefined> {
  const names = inputNames(text);
  const typed =
    names.length === 0
      ? await vscode.window.showInputBox({ title, prompt: "The name of the input", ignoreFocusOut: true })
      : await vscode.window.showQuickPick(names, { title, placeHolder: "Which input?" });
  return typed === undefined || typed === "" ? undefined : await setTo(title, `input.${typed}`, undefined);
}

function inputNames(text: string): readonly string[] {
  const { sampleInput } = parsePipeline(text).pipeline;
  return sampleInput?.kind === "object" ? sampleInput.properties.map(({ key }) => key) : [];
}

async function runAgain(title: string, ran: readonly string[]): Promise<ForkChange | undefined> {
  const stage = await vscode.window.showQuickPick(ran, { title, placeHolder: "Which stage runs again?" });
  return stage === undefined ? undefined : { again: [stage] };
}

async function setTo(title: string, place: string, before: unknown): Promise<ForkChange | undefined> {
  const changed = await askValue(`${title}: ${place}`, before);
  return changed === undefined ? undefined : { set: { [place]: changed.value } };
}
