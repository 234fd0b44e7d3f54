import type { Value } from "./value.ts";

/** The names an expression may use, innermost first (loop variables, roots, bare stage ids). */
export interface Scope {
  /** What `name` stands for; undefined when nothing has that name. */
  resolve(name: string): Binding | undefined;
  /** Every name in sight, for suggestions and completion. */
  names(): Iterable<string>;
}

/** What a name stands for. */
export type Binding =
  | { readonly kind: "value"; readonly value: Value }
  /** A root whose members are bindings: `upstream`, `stages`, `secrets`. */
  | { readonly kind: "namespace"; resolve(name: string): Binding | undefined; names(): Iterable<string> }
  | StageBinding
  /** A name that exists and has no value now: a skipped or failed stage, an optional input that was not given. */
  | { readonly kind: "absent"; readonly reason: AbsentReason; readonly what: string };

export type AbsentReason = "skipped" | "failed" | "not-run" | "not-given";

/** A stage that succeeded: its output, seen through its component's eyes. */
export interface StageBinding {
  readonly kind: "stage";
  readonly id: string;
  readonly output: Value;
  /** True when the component declares a field called `output`; else `.output` is the whole output. */
  readonly declaresOutput: boolean;
  readonly aliases: OutputAliases;
}

/** Written name -> where the value is, or an object of such names, made up when it is asked for. */
export type OutputAliases = Readonly<Record<string, OutputPath | Readonly<Record<string, OutputPath>>>>;

/** Keys that lead into an output. An empty path is the whole output. */
export type OutputPath = readonly string[];
