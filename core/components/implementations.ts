import { conditionalImplementation } from "./conditional/execute.ts";
import { filterImplementation } from "./filter/execute.ts";
import { foreachImplementation } from "./foreach/execute.ts";
import { generatorImplementation } from "./generator/execute.ts";
import { httpRequestImplementation } from "./http-request/execute.ts";
import type { Implementation } from "./implementation.ts";
import { jsonTransformImplementation } from "./json-transform/execute.ts";
import { loggerImplementation } from "./logger/execute.ts";
import { returnImplementation } from "./return/execute.ts";
import { schemaValidateImplementation } from "./schema-validate/execute.ts";
import { variableSetImplementation } from "./variable-set/execute.ts";

/** Every component type that can run, by its canonical name. */
export const implementations: ReadonlyMap<string, Implementation> = new Map(
  [
    generatorImplementation,
    httpRequestImplementation,
    jsonTransformImplementation,
    filterImplementation,
    schemaValidateImplementation,
    variableSetImplementation,
    loggerImplementation,
    conditionalImplementation,
    foreachImplementation,
    returnImplementation,
  ].map((implementation) => [implementation.definition.type, implementation]),
);
