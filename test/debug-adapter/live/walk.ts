import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Json } from "#core/ports";
import type { ForkPlan, LaunchArguments, StageRunState, TimelineState } from "#protocol";
import { askToGoOn } from "./ask-to-go-on.ts";
import { answerModels, type ModelAnswers } from "./model-answers.ts";
import { mainFile, type PipelineFiles } from "./pipeline-files.ts";
import { type ShownRun, showRun } from "./shown-run.ts";
import { connectToSession, type WireClient } from "./wire-client.ts";

/** A session over a run of its own, and what its client has before its eyes. */
export interface Watched {
  readonly client: WireClient;
  readonly models: ModelAnswers;
  readonly shown: ShownRun;
  readonly branches: StopBranches;
  /** The times that the past was looked at. */
  readonly visits: Visit[];
}

/** The same, while it is walked through. */
export interface Walk extends Watched {
  /** Of the workspace, absolute. */
  readonly folder: string;
  readonly pipelines: PipelineFiles;
  /** What was looked at on the way, to be held to the record once it is whole. */
  readonly seen: Seen[];
  /** The forks that were planned on it. */
  readonly forks: ForkPlan[];
}

/** A time that the past was looked at: the last event that there was at its beginning, and the calls of models that came. */
export interface Visit {
  readonly before: number;
  /** Calls that there were before. */
  readonly from: number;
  asked: number;
  isOver: boolean;
}

export type StopBranches = "all" | "one";

/** What a client had before its eyes at a stop. */
export interface Seen {
  /** The last event of what was shown. */
  readonly seq: number;
  readonly at: "past" | "live";
  /** Of all stages; null where the client is told of them a moment later only. */
  readonly stages: ReadonlyMap<string, StageRunState> | null;
  /** What expressions saw of the stages beside the one that was looked at, by their addresses. */
  readonly outputs: ReadonlyMap<string, SeenOutput>;
  /** Which step of the walk it was. */
  readonly step: string;
}

/** What an expression gave that names a stage's output. */
export type SeenOutput = { readonly value: Json } | { readonly refused: string };

/** A branch at which something can be looked at. */
export interface ShownBranch {
  readonly thread: number;
  readonly name: string;
  readonly frames: readonly DebugProtocol.StackFrame[];
}

/** Launches the files, stopped on entry, and goes to the first stop. */
export async function beginWalk(pipelines: PipelineFiles, branches: StopBranches): Promise<Walk> {
  const folder = await mkdtemp(join(tmpdir(), "fm-walk-"));
  await writeFile(join(folder, "flowmason.json"), "{}");
  for (const [name, content] of Object.entries(pipelines.files))
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 1)}\n`);
  const pipeline = join(folder, mainFile);
  const watched = await launchWatched({ pipeline, stopOnEntry: true, stopBranches: branches });
  return { ...watched, folder, pipelines, seen: [], forks: [] };
}

/** Launches that, with what `configure` sets before, and goes to the first stop. */
export async function launchWatched(
  launch: Pick<LaunchArguments, "pipeline" | "fork" | "cwd" | "stopOnEntry" | "stopBranches">,
  configure: (client: WireClient) => Promise<void> = async () => {},
): Promise<Watched> {
  const client = connectToSession();
  const watched: Watched = {
    client,
    shown: showRun(client),
    models: answerModels(client),
    branches: launch.stopBranches ?? "all",
    visits: [],
  };
  await client.get("initialize", { adapterID: "flowmason" });
  const launched = client.get("launch", { ...launch, modelRequests: 1 });
  await configure(client);
  await client.get("configurationDone");
  await launched;
  await comeToRest(watched);
  return watched;
}

/** Goes on until the client has something to look at, or the run is over; models answer meanwhile. */
export async function comeToRest(walk: Watched, number = 1): Promise<void> {
  for (let turn = number; ; turn += 7) {
    // Taken before the look, so that nothing is missed that comes meanwhile.
    const news = walk.shown.next();
    if (await isAtRest(walk)) return countCalls(walk);
    if (walk.models.open() > 0) await walk.models.answer(turn);
    else await somethingNew(walk, news);
  }
}

function countCalls({ visits, shown, models }: Watched): void {
  const past = shown.past();
  let visit = visits.at(-1);
  if ((visit === undefined || visit.isOver) && past === null) return;
  if (visit === undefined || visit.isOver) {
    visit = { before: past?.last ?? -1, from: models.asked(), asked: 0, isOver: false };
    visits.push(visit);
  }
  visit.asked = models.asked() - visit.from;
  visit.isOver = past === null;
}

/** Where all branches stop together, the client looks at the one that it was told of. */
async function isAtRest({ shown, client, branches }: Watched): Promise<boolean> {
  if (shown.isOver()) return true;
  if (!shown.isStopped()) return false;
  const all = await shownBranches(client);
  return all.some(
    ({ thread }) => shown.isStopped(thread) && (branches === "one" || thread === shown.focus()),
  );
}

/** Every branch that has something to look at. */
export async function shownBranches(client: WireClient): Promise<readonly ShownBranch[]> {
  const { threads } = await client.get<DebugProtocol.ThreadsResponse["body"]>("threads");
  const branches: ShownBranch[] = [];
  for (const { id, name } of threads) {
    // A branch may have ended since it was named.
    const { success, body } = await client.ask("stackTrace", { threadId: id });
    if (success && body.stackFrames.length > 0) branches.push({ thread: id, name, frames: body.stackFrames });
  }
  return branches;
}

/** Fails where nothing comes any more although nothing is waited for: the run hangs. */
async function somethingNew({ shown, models, client }: Watched, news: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(late.resolve, 15_000, "late");
  const came = await Promise.race([news, late.promise]);
  clearTimeout(timer);
  if (came !== "late" || models.open() > 0) return;
  const branches = (await shownBranches(client)).map(({ thread, frames }) => `${thread}: ${frames[0]?.name}`);
  throw new Error(
    `Nothing happens any more, and the client was told of no stop. Told last: ${JSON.stringify(shown.stop())}; waiting: ${branches.join(", ")}`,
  );
}

/** The timeline as it is now, with the number of its last event. */
export async function timelineOf({
  client,
}: Walk): Promise<{ readonly state: TimelineState; readonly last: number }> {
  const { state } = await client.get<{ state: TimelineState }>("flowmason/timeline", { start: 0, count: 0 });
  const { moments } = await client.get<{ moments: readonly { seq: number }[] }>("flowmason/timeline", {
    start: Math.max(0, state.total - 1),
    count: 1,
  });
  return { state, last: moments.at(-1)?.seq ?? -1 };
}

/** Lets the run go to its end, and the client leave. */
export async function endWalk(walk: Walk): Promise<void> {
  await walk.client.ask("setFunctionBreakpoints", { breakpoints: [] });
  await runOn(walk);
}

/** Goes on wherever it stops, until it is over. */
export async function runOn(walk: Watched): Promise<void> {
  const { client, shown, models } = walk;
  for (let turn = 1; !shown.isOver(); turn += 5) {
    const news = shown.next();
    if (shown.isStopped()) {
      const thread = (await shownBranches(client)).find((each) => shown.isStopped(each.thread))?.thread;
      const threadId = thread ?? shown.focus();
      await askToGoOn(walk, "continue", { threadId });
    }
    if (models.open() > 0) await models.answer(turn);
    else if (!shown.isStopped() && !shown.isOver()) await somethingNew(walk, news);
  }
}

/** The client leaves, and nothing of the walk is left. */
export async function leaveWalk(walk: Walk): Promise<void> {
  await leave(walk);
  await rm(walk.folder, { recursive: true, force: true });
}

/** The client leaves; the run, if it is not over yet, is cancelled by that. */
export async function leave({ client, shown }: Watched): Promise<void> {
  await client.ask("disconnect");
  for (let news = shown.next(); !shown.isOver(); news = shown.next()) await news;
  client.close();
}
