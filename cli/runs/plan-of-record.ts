import { planRun, type RunPlan } from "#core/engine";
import { type Budget, catalogEntry, type PipelineCatalog, type Problem, parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { EDITOR_PROVIDER, editorAccess, providerNames } from "#core/providers";
import {
  type OpenedProject,
  openProject,
  planEnvironment,
  readingSecrets,
  type SecretStore,
  type Workspace,
} from "#host";
import type { CommandLine } from "../command.ts";
import { defaultProvider } from "../run/default-provider.ts";
import { openSecrets, sayingWhy } from "../run/open-secrets.ts";
import type { Terminal } from "../terminal.ts";
import type { RecordedStart } from "./recorded-start.ts";

/** A plan for a run that goes on, and the project around it. */
export type PlannedRecord =
  | {
      readonly ok: true;
      readonly plan: RunPlan;
      readonly project: OpenedProject;
      readonly secrets: SecretStore;
    }
  | { readonly ok: false; readonly text: string; readonly problems: readonly Problem[] };

/** What of a record is planned otherwise than it was. */
export interface PlanEdits {
  readonly text?: string;
  readonly input?: Json;
  readonly provider?: string | null;
  /** What it may use at most, in place of what the pipeline says. */
  readonly budget?: Budget;
  /** Where the text and the pipelines that it names are from: the record unless the text is a file's. */
  readonly from?: "record" | "files";
}

/**
 * Plans a run anew from the texts that its record has, whatever the files say by now. Secrets and the environment are
 * those of now: a record has none.
 */
export async function planOfRecord(
  { event, ...start }: RecordedStart,
  workspace: Workspace,
  line: CommandLine,
  terminal: Terminal,
  edits: PlanEdits = {},
): Promise<PlannedRecord> {
  const { path } = event.pipeline;
  const { manifest } = workspace;
  // What stands for a secret in the record has this mark.
  const secrets = await openSecrets(workspace, line, terminal, event.secretMark);
  const recalled = {
    text: edits.text ?? start.texts.get(path ?? "") ?? "",
    texts: Object.fromEntries(start.texts),
    input: edits.input ?? start.input,
  };
  // A component has its secrets from its markers; what is not a component's has them now.
  const { text, input, texts: sources } = await sayingWhy(secrets.recall(recalled));
  const texts = new Map(Object.entries(sources));
  const document = parsePipeline(text);
  const opened = await openProject(workspace, { document, path }, secrets.visible);
  const project =
    edits.from === "files" ? opened : { ...opened, pipelines: withRecorded(opened.pipelines, texts) };
  const options = {
    ...project,
    input,
    provider: edits.provider === undefined ? event.provider : edits.provider,
    providers: providerNames(manifest.providers),
    // What asked VS Code's models before is done, or fails when it asks again; this asks them anew.
    unusable: editorAccess(edits.provider === EDITOR_PROVIDER ? "not-started-by-it" : "answers"),
    ...defaultProvider(workspace),
    ...(edits.budget === undefined ? {} : { budget: edits.budget }),
    ...planEnvironment(manifest, secrets),
    path,
  };
  const planned = await sayingWhy(readingSecrets(secrets, () => planRun(document, options)));
  return planned.ok
    ? { ok: true, plan: planned.plan, project, secrets }
    : { ok: false, text, problems: planned.problems };
}

/** The pipelines of a project, as the record has them where it does. */
export function withRecorded(
  { entries }: PipelineCatalog,
  texts: ReadonlyMap<string, string>,
): PipelineCatalog {
  const recorded = Array.from(texts, ([path, text]) =>
    path === "" ? null : catalogEntry(path, text),
  ).filter((entry) => entry !== null);
  const others = entries.filter(({ path }) => !texts.has(path));
  return { entries: [...others, ...recorded].toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}
