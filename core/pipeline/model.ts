import type { JsonNode, JsonProperty, Located, Span } from "./json-node.ts";
import type { Problem } from "./problem.ts";

/** The ways a pipeline is written (facts, section 1.2). All are read; L1 is the canonical one. */
export type Dialect = "L1" | "L1x" | "L2" | "L3" | "L4";

/** A text and everything that could be read from it. Reading never fails: what is wrong is in `problems`. */
export interface PipelineDocument {
  readonly text: string;
  readonly dialect: Dialect;
  readonly pipeline: Pipeline;
  /** Problems of syntax and shape; the rules of core/checks find the others. */
  readonly problems: readonly Problem[];
  /** True when the text is no JSON: `pipeline` then holds what could be read. */
  readonly broken: boolean;
  /** Where things are written; the functions of this folder read it. */
  readonly tree: DocumentTree;
}

/** The parts a text was read in. A later text reuses the units that did not change. */
export interface DocumentTree {
  /** Span of the top-level object; null when the text holds none. */
  readonly root: Span | null;
  /** Top-level properties in file order. That of the stages has a node without items: they are in `units`. */
  readonly properties: readonly JsonProperty[];
  /** For each of them, what a later text can reuse. */
  readonly parts: readonly TopPart[];
  /** Where the stages are: a list, or an object in the map dialect. */
  readonly container: { readonly kind: "list" | "map"; readonly property: JsonProperty } | null;
  readonly units: readonly StageUnit[];
  /** Absolute offset of each unit. */
  readonly starts: readonly number[];
  readonly identities: StageIdentities;
}

/** A top-level property. Its spans are relative to its start. */
export interface TopPart {
  readonly length: number;
  readonly property: JsonProperty;
  readonly problems: readonly Problem[];
  /** False when it has to be read anew each time. */
  readonly sound: boolean;
}

/** An item of the stages list or a property of the stages object. Its spans are relative to its start. */
export interface StageUnit {
  readonly length: number;
  readonly node: JsonNode;
  /** In the map dialect, the property it is. */
  readonly property: JsonProperty | null;
  /** The stage and those nested in it; empty when it is no stage. */
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
  readonly traits: DialectTraits;
  /** False when its syntax has an error: then it is read anew each time, for its end is a guess. */
  readonly sound: boolean;
}

/** What a stage shows of the dialect it is written in. */
export interface DialectTraits {
  /** `component`, or a reference like `generate.output.content`. */
  readonly initStyle: boolean;
  /** `type` for the component. */
  readonly typeKey: boolean;
  /** A template that is more than a path. */
  readonly expressions: boolean;
}

/** Which stage an id means, and in which unit each stage is. */
export interface StageIdentities {
  /** Id to index in `Pipeline.stages`; of stages with the same id the first. */
  readonly byId: ReadonlyMap<string, number>;
  /** For each of `Pipeline.stages` the index of its unit. */
  readonly unitOf: readonly number[];
  /** Indexes of stages whose id another stage before them has. */
  readonly repeated: readonly number[];
}

/** One meaning for all dialects. Spans outside stages are absolute. */
export interface Pipeline {
  readonly id: Located<string> | null;
  readonly name: Located<string> | null;
  readonly version: Located<string> | null;
  readonly description: Located<string> | null;
  /**
   * Every stage in file order, nested ones (map dialect) after their owner. Ids may repeat: a problem says so.
   * What has no id is no stage, and a problem too.
   */
  readonly stages: readonly Stage[];
  readonly inputSchema: JsonNode | null;
  readonly outputSchema: JsonNode | null;
  readonly outputStage: Located<string> | null;
  readonly sampleInput: JsonNode | null;
  readonly extends: Located<string> | null;
  readonly abstract: boolean;
  readonly overrides: readonly Field[];
  /** Stage positions of the top-level `layout` object. */
  readonly layout: readonly Field[];
  /** Every top-level property, known or not, in file order. The node of the stages' field has no items. */
  readonly fields: readonly Field[];
}

/** A key and its value as written. */
export interface Field {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/**
 * A stage. The object and everything in it is reused when a later text has the same stage elsewhere, so its
 * spans are relative to the start of its top-level stage: {@link absoluteSpan} makes them absolute.
 */
export interface Stage {
  /** All of it: the object, in the map dialect with the key before it. */
  readonly span: Span;
  /** Its identity: the id, or for a nested stage the path from its owner, `loop/item`. */
  readonly id: string;
  readonly idSpan: Span;
  /** Normalised (`http_request`); null when none is written. */
  readonly componentType: string | null;
  readonly writtenType: Located<string> | null;
  /** The range after `@` in `generator@^1.0.0`; null when none is written. */
  readonly versionRange: string | null;
  readonly name: Located<string> | null;
  readonly config: readonly Field[];
  /** `input_mapping`, or `inputs` of the map dialect. */
  readonly inputMapping: readonly Field[];
  /** Names added to the output (map dialect); their expressions see `output`. */
  readonly outputs: readonly Field[];
  readonly dependsOn: readonly Located<string>[];
  /** `when`, or `skip_if` with `negated` true. */
  readonly when: { readonly condition: JsonNode; readonly negated: boolean } | null;
  readonly triggerRule: Located<string> | null;
  readonly onError: Located<string> | null;
  readonly enabled: boolean;
  /** Whether a run that goes on after a crash may start it again; null where its component knows. */
  readonly idempotent: boolean | null;
  /** Per attempt, milliseconds. */
  readonly timeoutMs: Located<number> | null;
  readonly retry: RetryPolicy | null;
  readonly model: ModelSettings;
  /** Inline `position`; positions of the `layout` object are not here. */
  readonly position: Located<{ readonly x: number; readonly y: number }> | null;
  /** The stages this one owns or enables, an entry an arm, with ids as in {@link Stage.id}. */
  readonly arms: readonly StageArm[];
  /** Its owner when it is written inside it (map dialect). */
  readonly nestedIn: string | null;
  /** Every property, known or not, in file order. */
  readonly fields: readonly Field[];
  readonly node: JsonNode;
}

/** `loop`, `try`, `catch`, `finally`, `true`, `false`, `route:<value>` or `route:default`. */
export interface StageArm {
  readonly arm: string;
  readonly stages: readonly Located<string>[];
}

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly backoffMultiplier: number;
}

export interface ModelSettings {
  readonly provider: Located<string> | null;
  readonly model: Located<string> | null;
  readonly temperature: Located<number> | null;
  readonly maxTokens: Located<number> | null;
  readonly topP: Located<number> | null;
  readonly stopSequences: readonly string[];
}
