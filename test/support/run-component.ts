import { createExecutor } from "#core/components";
import type {
  AttemptEvent,
  ExecutionPorts,
  Failure,
  Json,
  JsonObject,
  ModelChoice,
  ScopeSnapshot,
  StageAttempt,
} from "#core/ports";
import { createNodePorts } from "#host";

/** In each marker of a secret that a component tells. */
export const secretMark = "m4rk";

/** What a component did. */
export interface ComponentRun {
  /** All but the last. */
  readonly events: readonly AttemptEvent[];
  readonly output: Json | undefined;
  readonly directive: unknown;
  readonly failure: Failure | undefined;
}

export interface ComponentOptions {
  readonly values?: JsonObject;
  readonly stages?: ScopeSnapshot["stages"];
  readonly model?: ModelChoice;
  readonly secrets?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** 0 without it. */
  readonly retriesLeft?: number;
  readonly ports?: Partial<ExecutionPorts>;
  readonly signal?: AbortSignal;
  /** Instead of `/`. */
  readonly workspaceRoot?: string;
  /** Told of each event as it is emitted. */
  readonly onEvent?: (event: AttemptEvent) => void;
}

/** Sends one attempt, which crossed a process boundary as JSON, to the real executor on Node's real ports. */
export async function runComponent(
  type: string,
  inputs: JsonObject,
  options: ComponentOptions = {},
): Promise<ComponentRun> {
  const attempt: StageAttempt = {
    key: "run-1/stage/1",
    runId: "run-1",
    address: { frames: [], stage: "stage" },
    attempt: 1,
    retriesLeft: options.retriesLeft ?? 0,
    component: { type, version: "1.0.0" },
    inputs,
    scope: { values: options.values ?? {}, stages: options.stages ?? {} },
    secrets: (options.secrets ?? []).map((name) => ({
      name,
      source: name,
      use: "read",
      isRequired: true,
    })),
    secretMark: options.secrets === undefined ? null : secretMark,
    model: options.model ?? null,
    now: "2026-01-02T03:04:05.000Z",
    timeoutMs: options.timeoutMs ?? null,
    cache: null,
  };
  const ports = {
    ...createNodePorts({
      workspaceRoot: options.workspaceRoot ?? "/",
      env: options.env ?? {},
      providers: {},
    }),
    ...options.ports,
  };
  const events: AttemptEvent[] = [];
  const signal = options.signal ?? new AbortController().signal;
  const take = (event: AttemptEvent): void => {
    events.push(event);
    options.onEvent?.(event);
  };
  await createExecutor(ports).run(JSON.parse(JSON.stringify(attempt)), take, signal);
  const last = events.pop();
  if (last?.kind === "succeeded")
    return { events, output: last.output, directive: last.directive, failure: undefined };
  if (last?.kind === "failed")
    return { events, output: undefined, directive: undefined, failure: last.failure };
  throw new Error(`The attempt did not end with an end, but with ${JSON.stringify(last)}.`);
}

/** The output; throws when the component failed. */
export async function outputOf(type: string, inputs: JsonObject, options?: ComponentOptions): Promise<Json> {
  const { output, failure } = await runComponent(type, inputs, options);
  if (output === undefined) throw new Error(`${type} failed: ${failure?.message}`);
  return output;
}

/** The failure; throws when the component succeeded. */
export async function failureOf(
  type: string,
  inputs: JsonObject,
  options?: ComponentOptions,
): Promise<Failure> {
  const { output, failure } = await runComponent(type, inputs, options);
  if (failure === undefined) throw new Error(`${type} succeeded: ${JSON.stringify(output)}`);
  return failure;
}
