import { planRun, type RunPlan } from "#core/engine";
import { type Budget, catalogEntry, type PipelineCatalog, type Problem, parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { providerNames } from "#core/providers";
import { type OpenedProject, openProject, planEnvironment, type Workspace } from "#host";
import { defaultProvider } from "../run/default-provider.ts";
import type { Terminal } from "../terminal.ts";
import type { RecordedStart } from "./recorded-start.ts";

/** A plan for a run that goes on, and the project around it. */
export type PlannedRecord =
  | { readonly ok: true; readonly plan: RunPlan; readonly project: OpenedProject }
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
  { event, input, texts }: RecordedStart,
  workspace: Workspace,
  terminal: Terminal,
  edits: PlanEdits = {},
): Promise<PlannedRecord> {
  const { path } = event.pipeline;
  const { manifest } = workspace;
  const text = edits.text ?? texts.get(path ?? "") ?? "";
  const document = parsePipeline(text);
  const opened = await openProject(workspace, { document, path }, terminal.env);
  const project =
    edits.from === "files" ? opened : { ...opened, pipelines: withRecorded(opened.pipelines, texts) };
  const environment = planEnvironment(terminal.env, manifest);
  const { secretMark } = event;
  const planned = planRun(document, {
    ...project,
    input: edits.input ?? input,
    provider: edits.provider === undefined ? event.provider : edits.provider,
    providers: providerNames(manifest.providers),
    ...defaultProvider(workspace),
    ...(edits.budget === undefined ? {} : { budget: edits.budget }),
    env: environment.env,
    isPriced: environment.isPriced,
    // What stands for a secret in the record has this mark.
    secrets: secretMark === undefined ? environment.secrets : { ...environment.secrets, mark: secretMark },
    path,
  });
  return planned.ok
    ? { ok: true, plan: planned.plan, project }
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
