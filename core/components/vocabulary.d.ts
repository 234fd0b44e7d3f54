import type { Vocabulary } from "#core/pipeline";
import type { ComponentDefinition } from "./define.ts";
/** What rewriting files has to know of these components. The same function for the same map. */
export declare function componentVocabulary(
  definitions: ReadonlyMap<string, ComponentDefinition>,
): Vocabulary;
