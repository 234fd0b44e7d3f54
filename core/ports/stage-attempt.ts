import type { StageAddress } from "./address.ts";
import type { AttemptCache, CacheOutcome } from "./cache.ts";
import type { Failure } from "./failure.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Question, QuestionEnd } from "./question.ts";

/**
 * One try at one stage, as plain JSON: an executor needs nothing else but its ports, so it can run in this
 * process, in another one, or on another machine, to an equal journal.
 */
export interface StageAttempt {
  /** Unique in all runs and the same when the same attempt is sent again: usable as an idempotency key. */
  readonly key: string;
  readonly runId: string;
  readonly address: StageAddress;
  /** 1 for the first. */
  readonly attempt: number;
  /** How many more attempts follow if this one fails in a way that may pass. */
  readonly retriesLeft: number;
  readonly component: { readonly type: string; readonly version: string };
  /** The component's inputs by their canonical names, resolved; deferred fields still hold their source text. */
  readonly inputs: JsonObject;
  /** What the deferred fields' expressions may name besides what the component itself adds. */
  readonly scope: ScopeSnapshot;
  /** The secrets of the run, never their values: those that it may read, and those to keep out of what it tells. */
  readonly secrets: readonly AttemptSecret[];
  /** What the run's markers of secrets have in them; null where there are none. */
  readonly secretMark: string | null;
  readonly model: ModelChoice | null;
  /** When the attempt began, ISO 8601; what `now()` gives. */
  readonly now: string;
  /** Milliseconds for this attempt; null for no limit. */
  readonly timeoutMs: number | null;
  /** Null where the output is not kept for later runs. */
  readonly cache: AttemptCache | null;
}

/** A secret of a run, as an attempt knows it. */
export interface AttemptSecret {
  /** What expressions call it. */
  readonly name: string;
  /** What {@link SecretPort} calls it. */
  readonly source: string;
  /** `hide`: the attempt has no business with it. */
  readonly use: "read" | "hide";
  /** Whether one without a value fails the attempt. */
  readonly isRequired: boolean;
}

/** The part of a run's state that deferred expressions of an attempt refer to. */
export interface ScopeSnapshot {
  /** Values of the roots: input, env, context, vars, matrix, error … and of loop variables. */
  readonly values: JsonObject;
  /** Outputs of the stages that are referred to, by stage id. */
  readonly stages: { readonly [stage: string]: StageOutcomeSnapshot };
}

/** What an expression sees of a stage; `reason` and `message` name the stage, as in `stage "a" failed: …`. */
export type StageOutcomeSnapshot =
  | { readonly kind: "succeeded"; readonly componentType: string; readonly output: Json }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly message: string };

/** Which model answers, and how. */
export interface ModelChoice {
  readonly provider: string;
  /** Null: the provider's default. */
  readonly model: string | null;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

/** What an attempt tells while it runs; the last one is `succeeded` or `failed`. */
export type AttemptEvent =
  | { readonly kind: "delta"; readonly channel: "output" | "reasoning"; readonly text: string }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string; readonly values?: Json }
  | { readonly kind: "model-called"; readonly request: ModelRequest }
  | { readonly kind: "model-answered"; readonly usage: ModelUsage; readonly finishReason?: string }
  | { readonly kind: "cache"; readonly outcome: CacheOutcome }
  | { readonly kind: "question-asked"; readonly question: Question }
  | { readonly kind: "question-closed"; readonly id: string; readonly end: QuestionEnd }
  | { readonly kind: "succeeded"; readonly output: Json; readonly directive?: Directive }
  | { readonly kind: "failed"; readonly failure: Failure };

export type LogLevel = "debug" | "info" | "warning" | "error";

/** What a control-flow component decided; the engine carries it out. */
export type Directive =
  | {
      readonly kind: "branch";
      readonly taken: string;
      readonly enable: readonly string[];
      readonly skip: readonly string[];
    }
  | {
      readonly kind: "iterate";
      readonly items: readonly Json[];
      /** For each of `items`, its index in the list that was given, before filtering. */
      readonly indexes: readonly number[];
      readonly itemVariable: string;
      readonly indexVariable: string;
      readonly parallel: number;
      readonly breakOnError: boolean;
      readonly collect: boolean;
    }
  | {
      readonly kind: "try";
      readonly catchTypes: readonly string[];
      readonly swallow: boolean;
      readonly retries: number;
      readonly retryDelayMs: number;
    }
  | {
      readonly kind: "call";
      /** Name, id or path of the pipeline, and the range of versions that was asked for. */
      readonly pipeline: string;
      readonly version: string | null;
      readonly input: JsonObject;
      readonly timeoutMs: number | null;
      /** Whether its expressions see the variables of the stage that calls it. */
      readonly sharesVariables: boolean;
      readonly onError: "propagate" | "ignore" | "default";
      readonly fallback: Json;
    }
  | {
      readonly kind: "return";
      readonly value: Json;
      readonly status: "completed" | "cancelled" | "failed";
      readonly message: string | null;
    }
  /** In order. Without `overwrite`, variables that are set already keep their values. */
  | {
      readonly kind: "set-variables";
      readonly variables: readonly { readonly name: string; readonly value: Json }[];
      readonly overwrite: boolean;
    };

/** One call of a language model, as sent. */
export interface ModelRequest {
  readonly provider: string;
  readonly model: string | null;
  readonly messages: readonly ModelMessage[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
  /** The JSON Schema of the answer, which is to be JSON. A provider that can hold its model to it is asked to. */
  readonly responseSchema?: JsonObject;
}

/** A turn of what a model is told. */
export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** What a call used. A number that the provider did not tell is null, never 0. */
export interface ModelUsage {
  readonly provider: string;
  readonly model: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Where the provider told no tokens, and they were counted by the model's own tokenizer instead. */
  readonly tokensCounted?: true;
  /** Of the input tokens, those that the provider read from its cache; absent where it tells none. */
  readonly cachedTokens?: number;
  /** Of the input tokens, those that it put into its cache; absent where it tells none. */
  readonly cacheWriteTokens?: number;
  /** What the call cost in US dollars, by the prices of the day; absent where that is not known, which is not 0. */
  readonly costUsd?: number;
  readonly durationMs: number;
}
