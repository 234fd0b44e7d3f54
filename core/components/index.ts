// The built-in component types and the executor that runs them. A component sees its attempt and its ports, nothing
// else: not the pipeline, not the engine, not other stages. Nothing here may schedule, retry, or write a journal.
export { type CheckedInput, fitInput } from "./contract/fit-input.ts";
export { misfits } from "./contract/json-schema.ts";
export { createExecutor, type OtherComponents } from "./executor.ts";
export {
  beginValidation,
  type CompiledSchema,
  compileSchema,
  TooMuchWork,
} from "./schema-validate/compile-schema.ts";
export { readablePath } from "./schema-validate/readable-path.ts";
