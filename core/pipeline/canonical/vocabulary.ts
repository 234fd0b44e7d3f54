import type { DeferredField } from "../graph/deferred-fields.ts";
import type { JsonValue } from "../json/node-to-json.ts";

/** The words of each component type, by its canonical name; undefined where nothing is known of it. */
export type Vocabulary = (componentType: string) => ComponentWords | undefined;

/** What rewriting a stage has to know of its component. */
export interface ComponentWords {
  /** The input that a key means; undefined where the component has none of it. */
  fieldOf(key: string): string | undefined;
  /** The input that takes what a file gives by names of its own; null where the component has none. */
  readonly namesInto: string | null;
  /** By keys as they may be written, aliases included. */
  readonly deferred: Readonly<Record<string, DeferredField>>;
  /** Inputs that hold no expression, by field -> those of them that are written otherwise today. */
  modernise(values: ReadonlyMap<string, JsonValue>): ReadonlyMap<string, JsonValue>;
  /** Whether its output has a field called `output`; else `.output` is the whole output. */
  readonly declaresOutput: boolean;
  /** Names that only look-ups in its output know. */
  readonly outputAliases: ReadonlySet<string>;
  /** Fields that its output has whenever it succeeds. */
  readonly alwaysGives: ReadonlySet<string>;
}
