import { readFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { resolveInProject } from "#core/component-definitions";
import { planRun, type RunPlan, type StartFrom } from "#core/engine";
import {
  type Budget,
  type JsonNode,
  lineIndex,
  nodeToJson,
  type PipelineDocument,
  type Problem,
  parseDuration,
  parsePipeline,
} from "#core/pipeline";
import type { Json } from "#core/ports";
import { defaultProviderOf, type EditorAccess, editorAccess, providerNames } from "#core/providers";
import { SecretUnavailable } from "#core/secrets";
import {
  type OpenedProject,
  type OtlpChoice,
  openProject,
  openSecretStore,
  planEnvironment,
  readingSecrets,
  readWorkspace,
  type SecretStore,
  type Workspace,
} from "#host";
import { keptSecretsIn, type LaunchArguments, MODEL_REQUESTS_VERSION } from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { Client } from "./connection.ts";
import { chooseTraces } from "./open-traces.ts";

/** A pipeline that is read, checked and planned, and whose run can begin. */
export interface PreparedLaunch {
  /** Absolute. */
  readonly path: string;
  readonly plan: RunPlan;
  readonly workspace: Workspace;
  /** The components that it uses and the pipelines that it may call. */
  readonly project: OpenedProject;
  /** The adapter's own environment with the launch configuration's over it. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: SecretStore;
  /** Where its traces go. */
  readonly otlp: OtlpChoice;
  /** Whether the client answers for VS Code's models. */
  readonly editor: Exclude<EditorAccess, "not-started-by-it">;
  /** The record that it goes on from; null where it begins. */
  readonly startFrom: StartFrom | null;
}

/**
 * Reads and plans what a launch asks for. What stands in the way is written to the console, problem by problem
 * with its line, before the first of them is thrown.
 */
export async function prepareLaunch(
  args: LaunchArguments,
  pipeline: string,
  client: Client,
): Promise<PreparedLaunch> {
  const write = (body: DebugProtocol.OutputEvent["body"]): void => client.event("output", body);
  const path = resolve(args.cwd ?? ".", pipeline);
  const cwd = args.cwd ?? dirname(path);
  const document = parsePipeline(await readText(path));
  const workspace = await workspaceOf(path);
  const env = { ...definedOnly(process.env), ...args.env };
  const otlp = chooseTraces(workspace, env);
  const defaultProvider = defaultProviderOf(workspace.manifest.providers);
  const inside = relative(workspace.root, path).split(sep).join("/");
  const secrets = await usable(openSecretStore({ env, workspace, kept: keptSecretsIn(env) }));
  client.redactBy(secrets.redactor);
  const project = await openProject(workspace, { document, path: inside }, secrets.visible);
  const editor = args.modelRequests === MODEL_REQUESTS_VERSION ? "answers" : "client-cannot";
  const { sampleInput } = resolveInProject(document, project, inside).document.pipeline;
  const options = {
    ...project,
    input: await inputOf(args, sampleInput, cwd),
    provider: args.provider ?? null,
    budget: budgetOf(args),
    providers: providerNames(workspace.manifest.providers),
    // A cassette answers for every provider.
    unusable: editorAccess(args.replayCassette === undefined ? editor : "answers"),
    ...(defaultProvider === null ? {} : { defaultProvider }),
    ...planEnvironment(workspace.manifest, secrets),
    path: inside,
  };
  const planned = await usable(readingSecrets(secrets, () => planRun(document, options)));
  if (planned.ok)
    return { path, plan: planned.plan, workspace, project, env, secrets, otlp, editor, startFrom: null };
  const errors = planned.problems.filter(({ severity }) => severity === "error");
  writeProblems(path, document, errors, write);
  throw adapterErrors.cannotRun(
    path,
    errors.map(({ message }) => message),
  );
}

/** What the run may use at most, each in place of what the pipeline says. */
export function budgetOf({ maxTokens, maxCost, maxTime }: LaunchArguments): Budget {
  return {
    tokens: maxTokens ?? null,
    costUsd: maxCost ?? null,
    wallTimeMs: maxTime === undefined ? null : parseDuration(maxTime),
  };
}

/** The same promise, with a secret that cannot be read said to the user. */
export async function usable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof SecretUnavailable ? adapterErrors.unusableSecret(error.message) : error;
  }
}

/** The text of a file. Throws {@link adapterErrors.unreadable}. */
export async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw adapterErrors.unreadable(path, messageOf(error));
  }
}

/** The workspace around a file. Throws {@link adapterErrors.unusableWorkspace}. */
export async function workspaceOf(path: string): Promise<Workspace> {
  const result = await readWorkspace(dirname(path));
  if (!result.ok) throw adapterErrors.unusableWorkspace(result.message);
  return result.workspace;
}

/** `input`, else `inputFile`, else the file's sample, else nothing: what is required and missing is then named. */
async function inputOf(args: LaunchArguments, sample: JsonNode | null, cwd: string): Promise<Json> {
  if (args.input !== undefined) return args.input;
  if (args.inputFile !== undefined) {
    const path = resolve(cwd, args.inputFile);
    const text = await readText(path);
    try {
      return JSON.parse(text) as Json;
    } catch (error) {
      throw adapterErrors.invalidInput(path, messageOf(error));
    }
  }
  return sample === null ? {} : nodeToJson(sample);
}

/** Writes what keeps a pipeline from running to the console, with the line of each. */
export function writeProblems(
  path: string,
  document: PipelineDocument,
  problems: readonly Problem[],
  write: (body: DebugProtocol.OutputEvent["body"]) => void,
): void {
  const lines = lineIndex(document.text);
  for (const { message, span } of problems) {
    const { line0, character } = lines.positionAt(span.start);
    write({
      category: "stderr",
      output: `${message}\n`,
      source: { path },
      line: line0 + 1,
      column: character + 1,
    });
  }
}

/** The adapter's environment, without what is not set in it. */
export function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
