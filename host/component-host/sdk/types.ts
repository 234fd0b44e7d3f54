import type * as z from "zod";

/** What a component is: its description, and what it does. */
export interface ComponentParts<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** What pipelines write as `component_type`: letters, digits and `_` or `-`; the two are the same there. */
  readonly name: string;
  /** Three numbers, `1.0.0` unless given. Stages may ask for a range of versions: `name@^1.0.0`. */
  readonly version?: string;
  /** How people call it; made of the name unless given. */
  readonly title?: string;
  /** A sentence or two, for the editor. */
  readonly description?: string;
  /** The name of a codicon, such as `beaker`. */
  readonly icon?: string;
  readonly color?: "blue" | "green" | "orange" | "purple" | "red" | "yellow" | "foreground";
  /** Where it stands among the components; `integration` unless given. */
  readonly category?: "ai" | "data" | "integration" | "observability" | "control";
  /** True when running it twice does no more than running it once; false unless given. */
  readonly idempotent?: boolean;
  /** The most milliseconds that one attempt may take where the stage has no `timeout`; five minutes unless given. */
  readonly timeoutMs?: number;
  /** The fields of a stage's config. Describe each: the editor shows it. */
  readonly input: Input;
  /** What `execute` gives; what does not fit fails the stage. */
  readonly output: Output;
  /** Does the work of one attempt. What it throws fails the stage. */
  execute(call: ComponentCall<z.output<Input>>): z.input<Output> | Promise<z.input<Output>>;
}

/** What `execute` is given. */
export interface ComponentCall<Inputs> {
  /** Complete: converted to the fields' types, defaults filled in. */
  readonly inputs: Inputs;
  /** Aborts when the run is cancelled or the time is up; what goes on after half a second is ended by force. */
  readonly signal: AbortSignal;
  /** Lines of the stage's log. What is printed becomes part of it too. */
  readonly log: ComponentLog;
  readonly stage: {
    /** As in the file. */
    readonly id: string;
    /** Unique in the run: `each[2]/summarise`. */
    readonly path: string;
  };
  readonly runId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Unique to this attempt in all runs: an idempotency key. */
  readonly key: string;
  /** When the attempt began, ISO 8601. */
  readonly now: string;
}

/** Writes to the stage's log; `values` is anything that JSON can hold. */
export interface ComponentLog {
  debug(message: string, values?: unknown): void;
  info(message: string, values?: unknown): void;
  warning(message: string, values?: unknown): void;
  error(message: string, values?: unknown): void;
}

/** The kinds of failure that a `trycatch` tells apart. */
export type StageErrorType =
  | "CONNECTIVITY"
  | "TIMEOUT"
  | "VALIDATION"
  | "TRANSFORMATION"
  | "EXECUTION"
  | "ROUTING"
  | "SECURITY"
  | "UNKNOWN";

/** More about a failure than its message. */
export interface StageErrorOptions {
  /** `EXECUTION` unless given. */
  readonly type?: StageErrorType;
  /** Whether trying again can help. */
  readonly recoverable?: boolean;
  readonly cause?: unknown;
}

/** A component as a module exports it. */
export interface Component {
  readonly name: string;
}
