import { resolve } from "node:path";
import {
  type Continuation,
  EditFault,
  editInput,
  editText,
  endedSince,
  forkWith,
  liveReplayWords,
  planRun,
  RecordFault,
  type RunEdit,
  type RunPlan,
  readEdit,
  stagesIn,
} from "#core/engine";
import type { JournalEvent, RecordedRun } from "#core/journal";
import { catalogEntry, isJsonObject, type PipelineCatalog, parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { defaultProviderOf, editorAccess, providerNames } from "#core/providers";
import { type OpenedProject, openProject, openSecretStore, planEnvironment, readingSecrets } from "#host";
import { type ForkArguments, keptSecretsIn, type LaunchArguments, MODEL_REQUESTS_VERSION } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client } from "../connection.ts";
import { chooseTraces } from "../open-traces.ts";
import { type FoundRecord, findRecord } from "../past/find-record.ts";
import { unnamedPath } from "../past/recorded-sources.ts";
import {
  budgetOf,
  definedOnly,
  type PreparedLaunch,
  readText,
  usable,
  workspaceOf,
  writeProblems,
} from "../prepare-launch.ts";

/** A fork that is planned, and whose run can begin. */
export interface PlannedFork {
  readonly prepared: PreparedLaunch;
  readonly continuation: Continuation;
  readonly recorded: RecordedRun;
}

/**
 * Plans what a fork would do; nothing runs for it. Secrets, environment and components are those of now, the pipelines
 * and the input those of the record, unless the files are asked for. `record` is what the fork names, where that is at
 * hand. Throws {@link adapterErrors} for what cannot be.
 */
export async function planFork(
  args: LaunchArguments,
  fork: ForkArguments,
  client: Pick<Client, "event" | "redactBy">,
  record?: Pick<FoundRecord, "recorded" | "root">,
): Promise<PlannedFork> {
  const { recorded, root } = record ?? (await findRecord(fork.run, resolve(args.cwd ?? ".")));
  const start = startOf(recorded);
  expectEvents(fork, recorded);
  const { event, texts } = start;
  const inside = event.pipeline.path;
  const path = inside === null ? unnamedPath(root) : resolve(root, inside);
  const workspace = await workspaceOf(path);
  const env = { ...definedOnly(process.env), ...args.env };
  const otlp = chooseTraces(workspace, env);
  const mark = event.secretMark;
  const secrets = await usable(openSecretStore({ env, workspace, mark, kept: keptSecretsIn(env) }));
  client.redactBy(secrets.redactor);
  const editor = args.modelRequests === MODEL_REQUESTS_VERSION ? "answers" : "client-cannot";
  const defaultProvider = defaultProviderOf(workspace.manifest.providers);
  const edits = readEdits(fork, recorded);
  const recall = await usable(
    secrets.recall({
      texts: Object.fromEntries(texts),
      input: start.input,
      written: texts.get(inside ?? "") ?? "",
    }),
  );
  const now = new Map(Object.entries(recall.texts));

  const plan = async (
    text: string,
    input: Json,
    from: NonNullable<ForkArguments["from"]>,
  ): Promise<{ readonly plan: RunPlan; readonly project: OpenedProject }> => {
    const document = parsePipeline(text);
    const opened = await openProject(workspace, { document, path: inside }, secrets.visible);
    const project = from === "files" ? opened : { ...opened, pipelines: withRecorded(opened.pipelines, now) };
    const options = {
      ...project,
      input,
      provider: args.provider ?? event.provider,
      budget: budgetOf(args),
      providers: providerNames(workspace.manifest.providers),
      unusable: editorAccess(args.replayCassette === undefined ? editor : "answers"),
      ...(defaultProvider === null ? {} : { defaultProvider }),
      ...planEnvironment(workspace.manifest, secrets),
      path: inside,
    };
    const planned = await usable(readingSecrets(secrets, () => planRun(document, options)));
    if (planned.ok) return { plan: planned.plan, project };
    const errors = planned.problems.filter(({ severity }) => severity === "error");
    writeProblems(path, document, errors, (body) => client.event("output", body));
    throw adapterErrors.cannotRun(
      path,
      errors.map(({ message }) => message),
    );
  };

  return await sayingWhatEdit(async () => {
    const from = fork.from ?? "record";
    const base = from === "files" ? await readText(path) : recall.written;
    const before = await plan(recall.written, recall.input, "record");
    const after = await plan(editText(base, edits), editInput(recall.input, edits), from);
    const seq = fork.at ?? recorded.events.at(-1)?.seq ?? 0;
    const { again = [], againFrom } = fork;
    const live = againFrom === undefined ? [] : endedSince(recorded.events, againFrom);
    const changes = [
      ...edits.map(({ written }) => written),
      ...again.map((stage) => `${stage} again`),
      ...(againFrom === undefined ? [] : [liveReplayWords(againFrom)]),
      ...(from === "files" ? ["pipeline"] : []),
    ];
    const origin = { runId: event.runId, seq, changes };
    const continuation = forkWith(
      { before: before.plan, after: after.plan },
      recorded,
      origin,
      edits,
      new Set([...again, ...live]),
    );
    const { startFrom } = continuation;
    return {
      prepared: { path, ...after, workspace, env, secrets, otlp, editor, startFrom },
      continuation,
      recorded,
    };
  });
}

/** Throws where a fork names an event that the record does not have. */
function expectEvents({ run, at, againFrom }: ForkArguments, { events }: RecordedRun): void {
  const last = events.at(-1)?.seq ?? 0;
  if (at !== undefined && at > last) throw adapterErrors.noEvent(run, "at", at, last);
  // What had not ended before the event that comes next had not ended at all.
  if (againFrom !== undefined && againFrom > last + 1)
    throw adapterErrors.noEvent(run, "againFrom", againFrom, last);
}

interface RecordedStart {
  readonly event: Extract<JournalEvent, { kind: "run-started" }>;
  readonly input: Json;
  readonly texts: ReadonlyMap<string, string>;
}

/** What a record says of how its run began. Throws {@link adapterErrors.unusableRecord}. */
function startOf(recorded: RecordedRun): RecordedStart {
  const [event] = recorded.events;
  const [problem] = recorded.problems;
  if (problem !== undefined || event?.kind !== "run-started")
    throw adapterErrors.unusableRecord(
      `The record cannot be forked: ${problem?.message ?? "it has no beginning."} fm show shows what is left of it.`,
    );
  const input = recorded.value(event.input);
  const sources = event.sources === undefined ? undefined : recorded.value(event.sources);
  if (input === undefined || !isJsonObject(sources))
    throw adapterErrors.unusableRecord(
      "The record does not have the pipeline and the input that it ran with, so that it cannot be forked.",
    );
  const texts = Object.entries(sources).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { event, input, texts: new Map(texts) };
}

function readEdits({ set }: ForkArguments, { events }: RecordedRun): readonly RunEdit[] {
  const stages = stagesIn(events);
  return Object.entries(set ?? {}).map(([written, value]) => {
    try {
      return readEdit(written, value, stages);
    } catch (error) {
      throw error instanceof EditFault ? adapterErrors.unusableEdit(error.written, error.message) : error;
    }
  });
}

async function sayingWhatEdit<T>(planning: () => Promise<T>): Promise<T> {
  try {
    return await planning();
  } catch (error) {
    if (error instanceof EditFault) throw adapterErrors.unusableEdit(error.written, error.message);
    if (error instanceof RecordFault) throw adapterErrors.unusableRecord(error.message);
    throw error;
  }
}

/** The pipelines of a project, as the record has them where it does. */
function withRecorded({ entries }: PipelineCatalog, texts: ReadonlyMap<string, string>): PipelineCatalog {
  const recorded = Array.from(texts, ([path, text]) =>
    path === "" ? null : catalogEntry(path, text),
  ).filter((entry) => entry !== null);
  const others = entries.filter(({ path }) => !texts.has(path));
  return { entries: [...others, ...recorded].toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}
