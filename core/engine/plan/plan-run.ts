import { builtInProject, type Project } from "#core/component-definitions";
import { contentHash } from "#core/journal";
import type { PipelineDocument, Problem } from "#core/pipeline";
import type { Json } from "#core/ports";
import { checkInput } from "./check-input.ts";
import { compileStages } from "./compile-stages.ts";
import { pipelineSettings } from "./pipeline-settings.ts";
import { documentProblem } from "./plan-problem.ts";
import type { RunPlan } from "./run-plan.ts";
import { unsupportedPipelineFields } from "./unsupported-fields.ts";

/** For what a pipeline is planned; without them there are the built-in components and no other pipeline. */
export interface PlanOptions extends Partial<Project> {
  readonly input: Json;
  /** Replaces every stage's provider and drops its model. */
  readonly provider?: string | null;
  /** The provider where neither stage nor pipeline names one: the project's. */
  readonly defaultProvider?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the text is from, relative to the workspace with `/`. */
  readonly path?: string | null;
}

/** A plan, or every reason why there is none. */
export type PlannedRun =
  | { readonly ok: true; readonly plan: RunPlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks everything that can be known before a stage runs, and compiles the pipeline for one input. Problems of the
 * document that are errors are among the reasons; warnings are not.
 */
export function planRun(document: PipelineDocument, options: PlanOptions): PlannedRun {
  const { pipeline } = document;
  const settings = pipelineSettings(pipeline.fields);
  const problems: Problem[] = [
    ...document.problems.filter(({ severity }) => severity === "error"),
    ...inheritanceProblems(document),
    ...unsupportedPipelineFields(pipeline.fields).map(({ field, message }) =>
      documentProblem("FM2001", message, field.keySpan),
    ),
    ...settings.faults.map(({ node, message }) => documentProblem("FM2002", message, node.span)),
  ];
  const compiled = compileStages(document, options.definitions ?? builtInProject.definitions);
  problems.push(...compiled.problems);
  const checked = checkInput(pipeline.inputSchema, options.input);
  if (!checked.ok) {
    const span = pipeline.inputSchema?.span ?? { start: 0, end: 0 };
    problems.push(...checked.messages.map((message) => documentProblem("FM2003", message, span)));
  }
  const outputStage =
    pipeline.outputStage === null ? null : (compiled.stages.get(pipeline.outputStage.value) ?? null);
  if (pipeline.outputStage !== null && outputStage === null && compiled.problems.length === 0) {
    const { value, span } = pipeline.outputStage;
    problems.push(
      documentProblem(
        "FM2004",
        `The output stage "${value}" does not exist. Name one of the pipeline's stages.`,
        span,
      ),
    );
  }
  if (problems.length > 0 || !checked.ok || compiled.root === null) return { ok: false, problems };

  const { provider, model, temperature, maxTokens } = settings.defaults;
  return {
    ok: true,
    plan: {
      pipeline: {
        id: pipeline.id?.value ?? pipeline.name?.value ?? "",
        name: pipeline.name?.value ?? pipeline.id?.value ?? "",
        version: pipeline.version?.value ?? "",
        path: options.path ?? null,
        hash: contentHash(document.text),
      },
      dialect: document.dialect,
      input: checked.input,
      visibleInput: checked.visible,
      env: { ...options.env, ...settings.env },
      declaredEnv: settings.env,
      provider: options.provider ?? null,
      defaults: {
        provider: provider ?? options.defaultProvider ?? FLOWMASON_PROVIDER,
        model,
        temperature,
        maxTokens,
      },
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
