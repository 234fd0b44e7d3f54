import { type Project, resolveInProject } from "#core/component-definitions";
import { contentHash } from "#core/journal";
import {
  type PipelineDocument,
  type Problem,
  pipelineSettings,
  placeInFile,
  type ResolvedPipeline,
  readSecrets,
} from "#core/pipeline";
import { compileStages } from "./compile-stages.ts";
import { documentProblem, stageProblem } from "./plan-problem.ts";
import type { PipelinePlan } from "./run-plan.ts";
import type { SecretsContext } from "./secrets-plan.ts";

/** What every pipeline of a run is compiled with. */
export interface PlanContext {
  readonly project: Project;
  readonly env: Readonly<Record<string, string>>;
  /** The provider where neither stage nor pipeline names one: the project's. */
  readonly defaultProvider: string | undefined;
  readonly secrets: SecretsContext;
}

/** A compiled pipeline, or every reason why it cannot run whatever its input. Warnings are no reasons. */
export type CompiledPipeline =
  | { readonly ok: true; readonly plan: PipelinePlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Compiles the pipeline of the file at `path`, with all that it inherits; null where the text came from elsewhere. What
 * it calls is not looked at. Problems are at places of the file.
 */
export function compilePipeline(
  document: PipelineDocument,
  path: string | null,
  context: PlanContext,
): CompiledPipeline {
  const resolved = resolveInProject(document, context.project, path);
  const reasons = [...document.problems, ...resolved.problems].filter(({ severity }) => severity === "error");
  // A parent that cannot be looked for is a warning, since nothing is known to be wrong; it cannot be run without, though.
  if (!resolved.complete) return { ok: false, problems: reasons.length > 0 ? reasons : resolved.problems };
  const compiled = compileResolved(resolved, context);
  if (compiled.ok && reasons.length === 0) return compiled;
  const found = compiled.ok ? [] : compiled.problems.map((problem) => placeInFile(problem, resolved));
  return { ok: false, problems: withoutRepeated([...reasons, ...found]) };
}

/** What is wrong with the shape of a file is wrong with what it is resolved to as well. */
function withoutRepeated(problems: readonly Problem[]): readonly Problem[] {
  const told = new Map(
    problems.map((problem) => [JSON.stringify([problem.code, problem.span, problem.message]), problem]),
  );
  return [...told.values()];
}

function compileResolved(
  resolved: ResolvedPipeline,
  { project, env, defaultProvider, secrets }: PlanContext,
): CompiledPipeline {
  const { document } = resolved;
  const { pipeline } = document;
  const settings = pipelineSettings(pipeline.fields);
  const compiled = compileStages(document, project.definitions, secrets);
  const problems: Problem[] = [
    ...document.problems.filter(({ severity }) => severity === "error"),
    ...(pipeline.abstract ? [abstractPipeline(document)] : []),
    ...secretFaults(document),
    ...settings.faults.map(({ node, message }) => documentProblem("FM2002", message, node.span)),
    ...compiled.problems,
  ];
  const outputStage =
    pipeline.outputStage === null ? null : (compiled.stages.get(pipeline.outputStage.value) ?? null);
  if (pipeline.outputStage !== null && outputStage === null && compiled.problems.length === 0) {
    const { value, span } = pipeline.outputStage;
    const message = `The output stage "${value}" does not exist. Name one of the pipeline's stages.`;
    problems.push(documentProblem("FM2004", message, span));
  }
  if (problems.length > 0 || compiled.root === null) return { ok: false, problems };

  const { provider, ...defaults } = settings.defaults;
  return {
    ok: true,
    plan: {
      pipeline: {
        id: pipeline.id?.value ?? pipeline.name?.value ?? "",
        name: pipeline.name?.value ?? pipeline.id?.value ?? "",
        version: pipeline.version?.value ?? "",
        path: resolved.file.path,
        hash: contentHash(document.text),
      },
      resolved,
      dialect: document.dialect,
      inputSchema: pipeline.inputSchema,
      outputSchema: pipeline.outputSchema,
      env: { ...without(env, secrets.sources), ...settings.env },
      declaredEnv: settings.env,
      secretMark: secrets.source?.mark ?? null,
      secretSources: secrets.sources,
      defaults: { ...defaults, provider: provider ?? defaultProvider ?? FLOWMASON_PROVIDER },
      maxParallel: settings.maxParallel,
      timeoutMs: settings.timeoutMs,
      ownBudget: settings.budget,
      outputStage,
      root: compiled.root,
      stages: compiled.stages,
      delivery: compiled.delivery,
    },
  };
}

/** What FlowMason uses where nobody names a provider (facts, section 3). */
const FLOWMASON_PROVIDER = "anthropic";

/** What `secrets` of pipeline and stages says wrongly. */
function secretFaults(document: PipelineDocument): readonly Problem[] {
  const { pipeline } = document;
  return [
    ...readSecrets(pipeline.fields).faults.map(({ message, span }) =>
      documentProblem("FM2040", message, span),
    ),
    ...pipeline.stages.flatMap((stage) =>
      readSecrets(stage.fields).faults.map(({ message, span }) =>
        stageProblem(document, stage, "FM2040", message, span),
      ),
    ),
  ];
}

/** A secret is no variable that expressions may read as a text. */
function without(
  env: Readonly<Record<string, string>>,
  sources: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  if (![...sources].some((source) => Object.hasOwn(env, source))) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !sources.has(name)));
}

function abstractPipeline({ pipeline }: PipelineDocument): Problem {
  const field = pipeline.fields.find(({ key }) => key === "abstract");
  const message =
    "This pipeline is abstract: it is there to be extended and does not run itself. Run a pipeline that extends it.";
  return documentProblem("FM2006", message, field?.keySpan ?? { start: 0, end: 0 });
}
