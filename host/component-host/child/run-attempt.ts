import type * as z from "zod";
import type { Json } from "#core/ports";
import type { AttemptCall, ComponentFailure } from "../messages.ts";
import { type DefinedComponent, StageError } from "../sdk/flowmason.ts";
import type { ComponentLog } from "../sdk/types.ts";
import { explainError } from "./explain-error.ts";
import { loadModule, typeOf } from "./load-module.ts";
import { plainJson } from "./plain-json.ts";

/** How an attempt ended. */
export type Outcome =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly failure: ComponentFailure };

/** What an attempt runs with. */
export interface AttemptTools {
  readonly file: string;
  readonly log: ComponentLog;
  /** The user's files that are loaded. */
  readonly files: ReadonlySet<string>;
  /** A path as the user knows it. */
  readonly shownPath: (path: string) => string;
}

/** Runs one attempt: loads the module, checks the inputs, executes, checks the output. Never rejects for what the user's code does. */
export async function runAttempt(
  call: AttemptCall,
  tools: AttemptTools,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const components = await loadModule(tools.file);
    const component = components.find((each) => typeOf(each) === call.type);
    if (component !== undefined) return await execute(component, call, tools, signal);
    const message = `${tools.shownPath(tools.file)} has no component "${call.type}" any more. Start the run again.`;
    return failed("EXECUTION", message);
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown, tools) };
  }
}

/** The failure that something thrown by the user's code is. */
export function failureOf(
  thrown: unknown,
  { files, shownPath }: Pick<AttemptTools, "files" | "shownPath">,
): ComponentFailure {
  const { message, place } = explainError(thrown, files);
  const where = place === null ? "" : ` (${shownPath(place.path)}:${place.line1}:${place.column1})`;
  const { type, recoverable } =
    thrown instanceof StageError ? thrown : { type: "EXECUTION" as const, recoverable: false };
  const details =
    place === null
      ? {}
      : { details: { file: shownPath(place.path), line: place.line1, column: place.column1 } };
  return { type, message: `${message}${where}`, recoverable, ...details };
}

async function execute(
  { parts }: DefinedComponent,
  call: AttemptCall,
  { log }: AttemptTools,
  signal: AbortSignal,
): Promise<Outcome> {
  const { type, stage, runId, attempt, key, now } = call;
  const inputs = await parts.input.safeParseAsync(call.inputs);
  if (!inputs.success) return invalid(`${type} cannot use its inputs`, inputs.error);
  const given = await parts.execute({ inputs: inputs.data, signal, log, stage, runId, attempt, key, now });
  const output = await parts.output.safeParseAsync(given);
  if (!output.success) return invalid(`The output of ${type} is not what its schema says`, output.error);
  const plain = plainJson(output.data);
  if (plain.ok) return { ok: true, output: plain.json };
  const where = plain.path === "" ? "" : ` at ${plain.path}`;
  return failed("VALIDATION", `The output of ${type} has${where} ${plain.what}, which JSON cannot hold.`);
}

function invalid(what: string, { issues }: z.ZodError): Outcome {
  const reasons = issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
  );
  const field = issues[0]?.path[0];
  return failed(
    "VALIDATION",
    `${what}: ${reasons.join("; ")}.`,
    typeof field === "string" ? field : undefined,
  );
}

function failed(type: ComponentFailure["type"], message: string, field?: string): Outcome {
  const failure = { type, message, recoverable: false };
  return { ok: false, failure: field === undefined ? failure : { ...failure, field } };
}
