import type { Value } from "../value.ts";
import type { FunctionDefinition } from "./definition.ts";
import { tableOf } from "./definition.ts";
import { listFunctions } from "./list-functions.ts";
import { numberFunctions } from "./number-functions.ts";
import { objectFunctions } from "./object-functions.ts";
import { orderFunctions } from "./order-functions.ts";
import { patternFunctions } from "./pattern-functions.ts";
import { textFunctions } from "./text-functions.ts";
import { typeFunctions } from "./type-functions.ts";

/** Every function, by name and alias. Each is a filter too: `upper(x)` is `x | upper`. */
export const functionTable: ReadonlyMap<string, FunctionDefinition> = tableOf<Value>([
  ...numberFunctions,
  ...textFunctions,
  ...listFunctions,
  ...orderFunctions,
  ...objectFunctions,
  ...typeFunctions,
  ...patternFunctions,
]);
