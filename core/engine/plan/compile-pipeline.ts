import type { Project } from "#core/component-definitions";
import { contentHash } from "#core/journal";
import type { PipelineDocument, Problem } from "#core/pipeline";
import { compileStages } from "./compile-stages.ts";
import { pipelineSettings } from "./pipeline-settings.ts";
import { documentProblem } from "./plan-problem.ts";
import type { PipelinePlan } from "./run-plan.ts";
import { unsupportedPipelineFields } from "./unsupported-fields.ts";

/** What every pipeline of a run is compiled with. */
export interface PlanContext {
  readonly project: Project;
  readonly env: Readonly<Record<string, string>>;
  /** The provider where neither stage nor pipeline names one: the project's. */
  readonly defaultProvider: string | undefined;
}

/** A compiled pipeline, or every reason why it cannot run whatever its input. Warnings are no reasons. */
export type CompiledPipeline =
  | { readonly ok: true; readonly plan: PipelinePlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Compiles the pipeline of the file at `path`; null where the text came from elsewhere. What it calls is not looked at. */
export function compilePipeline(
  document: PipelineDocument,
  path: string | null,
  { project, env, defaultProvider }: PlanContext,
): CompiledPipeline {
  const { pipeline } = document;
  const settings = pipelineSettings(pipeline.fields);
  const compiled = compileStages(document, project.definitions);
  const problems: Problem[] = [
    ...document.problems.filter(({ severity }) => severity === "error"),
    ...inheritanceProblems(document),
    ...unsupportedPipelineFields(pipeline.fields).map(({ field, message }) =>
      documentProblem("FM2001", message, field.keySpan),
    ),
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
        path,
        hash: contentHash(document.text),
      },
      dialect: document.dialect,
      inputSchema: pipeline.inputSchema,
      outputSchema: pipeline.outputSchema,
      env: { ...env, ...settings.env },
      declaredEnv: settings.env,
      defaults: { ...defaults, provider: provider ?? defaultProvider ?? FLOWMASON_PROVIDER },
      maxParallel: settings.maxParallel,
      timeoutMs: settings.timeoutMs,
      outputStage,
      root: compiled.root,
      stages: compiled.stages,
    },
  };
}

/** What FlowMason uses where nobody names a provider (facts, section 3). */
const FLOWMASON_PROVIDER = "anthropic";

function inheritanceProblems({ pipeline }: PipelineDocument): readonly Problem[] {
  const problems: Problem[] = [];
  if (pipeline.extends !== null) {
    const { value, span } = pipeline.extends;
    const message = `This pipeline extends "${value}", and inheritance is not resolved in this version, so it was not started.`;
    problems.push(documentProblem("FM2005", message, span));
  }
  if (pipeline.abstract) {
    const field = pipeline.fields.find(({ key }) => key === "abstract");
    const message =
      "This pipeline is abstract: it is there to be extended and does not run itself. Run a pipeline that extends it.";
    problems.push(documentProblem("FM2006", message, field?.keySpan ?? { start: 0, end: 0 }));
  }
  return problems;
}
