// What every component type is and takes, without any code that runs one: safe in a browser, in a checker, in a
// planner. Nothing here may import an execute.ts, a host, or anything that does more than describe and convert.
import { approval } from "./approval/definition.ts";
import { command } from "./command/definition.ts";
import { conditional } from "./conditional/definition.ts";
import { critic } from "./critic/definition.ts";
import type { ComponentDefinition } from "./define.ts";
import { errorRouter } from "./error-router/definition.ts";
import { filter } from "./filter/definition.ts";
import { foreach } from "./foreach/definition.ts";
import { generator } from "./generator/definition.ts";
import { httpRequest } from "./http-request/definition.ts";
import { improver } from "./improver/definition.ts";
import { jsonTransform } from "./json-transform/definition.ts";
import { logger } from "./logger/definition.ts";
import { loop } from "./loop/definition.ts";
import { outputRouter } from "./output-router/definition.ts";
import { type Project, standalone } from "./project.ts";
import { returnEarly } from "./return/definition.ts";
import { router } from "./router/definition.ts";
import { schemaValidate } from "./schema-validate/definition.ts";
import { selector } from "./selector/definition.ts";
import { subpipeline } from "./subpipeline/definition.ts";
import { synthesizer } from "./synthesizer/definition.ts";
import { trycatch } from "./trycatch/definition.ts";
import { variableSet } from "./variable-set/definition.ts";

export { cacheRefusal } from "./cache-refusal.ts";
export {
  type CompletedInputs,
  completeInputs,
  type InputSchema,
  inputFieldOf,
  inputSchemaOf,
} from "./complete-inputs.ts";
export { convertValue, type ValueSchema } from "./convert-value.ts";
export {
  type ComponentCategory,
  type ComponentColor,
  type ComponentDefinition,
  componentCategories,
  componentColors,
  type DeferredField,
  type Refusal,
} from "./define.ts";
export {
  componentFileCode,
  type DescribedComponent,
  definitionOf,
  recordedComponent,
  unusableComponent,
} from "./described-component.ts";
export type { Project } from "./project.ts";
export { type PublishedSchema, pipelineSchemaAddress, publishedPipelineSchema } from "./published-schema.ts";
export { resolveInProject } from "./resolve-in-project.ts";
export { stageBinding } from "./stage-binding.ts";
export { versionFault } from "./version-fault.ts";
export { componentVocabulary } from "./vocabulary.ts";

/** Every component type by its canonical name, in the order of a palette. */
export const componentDefinitions: ReadonlyMap<string, ComponentDefinition> = new Map(
  [
    generator,
    critic,
    improver,
    selector,
    synthesizer,
    httpRequest,
    command,
    outputRouter,
    errorRouter,
    jsonTransform,
    filter,
    schemaValidate,
    variableSet,
    loop,
    logger,
    conditional,
    router,
    foreach,
    trycatch,
    subpipeline,
    approval,
    returnEarly,
  ].map((definition: ComponentDefinition) => [definition.type, definition]),
);

/** What a pipeline can name when it stands alone: built-in components, and no other pipeline. */
export const builtInProject: Project = standalone(componentDefinitions);

/** The definition of a type as written in a file, `-` being `_`; undefined when there is none. */
export function findDefinition(type: string): ComponentDefinition | undefined {
  return componentDefinitions.get(type.replaceAll("-", "_"));
}
