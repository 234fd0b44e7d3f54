import { approvalImplementation } from "./approval/execute.ts";
import { commandImplementation } from "./command/execute.ts";
import { conditionalImplementation } from "./conditional/execute.ts";
import { criticImplementation } from "./critic/execute.ts";
import { errorRouterImplementation } from "./error-router/execute.ts";
import { filterImplementation } from "./filter/execute.ts";
import { foreachImplementation } from "./foreach/execute.ts";
import { generatorImplementation } from "./generator/execute.ts";
import { httpRequestImplementation } from "./http-request/execute.ts";
import type { Implementation } from "./implementation.ts";
import { improverImplementation } from "./improver/execute.ts";
import { jsonTransformImplementation } from "./json-transform/execute.ts";
import { loggerImplementation } from "./logger/execute.ts";
import { loopImplementation } from "./loop/execute.ts";
import { outputRouterImplementation } from "./output-router/execute.ts";
import { returnImplementation } from "./return/execute.ts";
import { routerImplementation } from "./router/execute.ts";
import { schemaValidateImplementation } from "./schema-validate/execute.ts";
import { selectorImplementation } from "./selector/execute.ts";
import { subpipelineImplementation } from "./subpipeline/execute.ts";
import { synthesizerImplementation } from "./synthesizer/execute.ts";
import { trycatchImplementation } from "./trycatch/execute.ts";
import { variableSetImplementation } from "./variable-set/execute.ts";

/** Every component type that can run, by its canonical name. */
export const implementations: ReadonlyMap<string, Implementation> = new Map(
  [
    generatorImplementation,
    criticImplementation,
    improverImplementation,
    selectorImplementation,
    synthesizerImplementation,
    httpRequestImplementation,
    outputRouterImplementation,
    errorRouterImplementation,
    commandImplementation,
    jsonTransformImplementation,
    filterImplementation,
    schemaValidateImplementation,
    variableSetImplementation,
    loopImplementation,
    loggerImplementation,
    conditionalImplementation,
    routerImplementation,
    foreachImplementation,
    trycatchImplementation,
    subpipelineImplementation,
    approvalImplementation,
    returnImplementation,
  ].map((implementation) => [implementation.definition.type, implementation]),
);
