import type { AttemptSteps } from "./attempt-step.ts";
import type { Failure } from "./failure.ts";
import type { ProcessPort } from "./process.ts";
import type { AskPort } from "./question.ts";
import type { AttemptEvent, ModelRequest, ModelUsage, StageAttempt } from "./stage-attempt.ts";

/**
 * Runs attempts. `emit` gets every event in order, the last being `succeeded` or `failed`; it never throws for a
 * stage's failure. What ends at once need return no promise. When the signal aborts it stops soon, and its promise
 * settles once nothing of the attempt is left; what it emits from then on is not heard.
 */
export interface Executor {
  run(
    attempt: StageAttempt,
    emit: (event: AttemptEvent) => void,
    signal: AbortSignal,
    /** How it is looked into; without it nobody does. */
    steps?: AttemptSteps,
  ): Promise<void> | void;
}

/** What executors need from outside. Given by host/, or by a test. */
export interface ExecutionPorts {
  readonly clock: Clock;
  readonly http: HttpPort;
  readonly models: ModelPort;
  readonly secrets: SecretPort;
  readonly files: FilePort;
  readonly processes: ProcessPort;
  readonly people: AskPort;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds that never go backwards, from any origin. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Random numbers, so that a run can be repeated exactly. */
export interface RandomPort {
  /** In [0, 1). */
  next(): number;
  /** A new unique id of lower-case letters and digits. */
  id(): string;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly followRedirects: boolean;
  readonly verifyTls: boolean;
  /** Bytes of body after which the response is refused; null: as many as the project allows, which is the most in any case. */
  readonly maxBytes: number | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly url: string;
}

export type HttpResult =
  | { readonly ok: true; readonly response: HttpResponse }
  | { readonly ok: false; readonly failure: Failure };

/** Sends to the hosts that the project allows, on each redirect too; another host is a SECURITY failure. */
export interface HttpPort {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
}

export type ModelResult =
  | {
      readonly ok: true;
      readonly text: string;
      readonly finishReason: string;
      readonly usage: ModelUsage;
      /** What of the request the model could not do justice to, such as a setting that it does not have. */
      readonly notices?: readonly string[];
    }
  /** `usage` where the call was paid for all the same. */
  | { readonly ok: false; readonly failure: Failure; readonly usage?: ModelUsage };

export interface ModelPort {
  /** `onDelta` gets the text as it comes. A missing key, an unknown provider, an empty answer are failures. */
  generate(request: ModelRequest, onDelta: (text: string) => void, signal: AbortSignal): Promise<ModelResult>;
}

export interface SecretPort {
  /** The value, or undefined when there is none of that name. */
  get(name: string): Promise<string | undefined>;
}

/** Files of the workspace; paths are relative to its root, with `/`. Nothing outside can be named. */
export interface FilePort {
  read(path: string): Promise<string | undefined>;
  list(pattern: { readonly suffix: string }): Promise<readonly string[]>;
  /**
   * Puts the text in place of the file, or after its end; folders are made. Whoever reads sees the file before or
   * after, never half of it. Failures: SECURITY for a path that leads outside or to what is not a pipeline's to write.
   */
  write(path: string, text: string, mode: "replace" | "append"): Promise<FileResult>;
}

export type FileResult = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };
