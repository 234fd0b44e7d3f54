import type { AttemptSecret, Json, ProcessCommand, ProcessExit } from "#core/ports";
import { secretSource } from "#core/secrets";
import { type Call, failed, implementWaiting, type StageOutcome } from "../implementation.ts";
import { command } from "./definition.ts";
import { lineReader } from "./line-reader.ts";

/** Characters of an output that a failure tells. */
const toldCharacters = 2000;

/** Runs the program: standard output streams as the stage's text, each line of standard error is a message of its log. */
export const commandImplementation = implementWaiting(command, async (call, signal) => {
  const { inputs, attempt, ports, emit } = call;
  const chosen = commandOf(inputs.command, inputs.shell ?? null);
  if (!chosen.ok) return chosen;
  const say = lineReader((message) => emit({ kind: "log", level: "info", message }));
  const result = await ports.processes.run(
    {
      command: chosen.command,
      cwd: inputs.cwd,
      env: {
        ...withheld(attempt.secrets),
        ...(await grantedTo(call)),
        ...textsOf(attempt.scope.values["env"]),
        ...inputs.env,
      },
      stdin: inputs.stdin ?? null,
      maxBytes: inputs.max_output_bytes,
    },
    (stream, text) => {
      if (stream === "stderr") say.take(text);
      else emit({ kind: "delta", channel: "output", text });
    },
    signal,
  );
  say.end();
  if (!result.ok) return result;
  const { exit } = result;
  if (exit.exitCode === null || !inputs.success_codes.includes(exit.exitCode)) return unsuccessful(exit);
  const value = parsed(exit.stdout, inputs.parse);
  if (!value.ok) return value;
  return {
    ok: true,
    output: {
      stdout: exit.stdout,
      stderr: exit.stderr,
      exit_code: exit.exitCode,
      signal: null,
      value: value.value,
      duration_ms: exit.durationMs,
    },
  };
});

type Refusal = StageOutcome & { readonly ok: false };

function commandOf(
  written: string | readonly string[],
  shell: string | null,
): { readonly ok: true; readonly command: ProcessCommand } | Refusal {
  if (typeof written === "string") return { ok: true, command: { kind: "shell", line: written, shell } };
  const [program, ...rest] = written;
  if (program === undefined || program === "")
    return failed("VALIDATION", "The first item of the command must be a program's name.", "command");
  if (shell === null) return { ok: true, command: { kind: "argv", program, arguments: rest } };
  const message = `A list of a program and its arguments needs no shell. Remove "shell", or write the command as a text.`;
  return failed("VALIDATION", message, "shell");
}

/** Secrets of the run that the stage does not name are not inherited either. */
function withheld(secrets: readonly AttemptSecret[]): Readonly<Record<string, null>> {
  const sources = secrets.filter(({ use }) => use === "hide").map(({ source }) => source);
  return Object.fromEntries(sources.map((source) => [source, null]));
}

/** Those that it names and that are variables, wherever they are kept. */
async function grantedTo({
  attempt,
  ports,
}: Pick<Call, "attempt" | "ports">): Promise<Readonly<Record<string, string>>> {
  const granted: Record<string, string> = {};
  for (const { source, use } of attempt.secrets) {
    if (use !== "read" || secretSource(source).kind !== "environment") continue;
    const value = await ports.secrets.get(source);
    if (value !== undefined) granted[source] = value;
  }
  return granted;
}

/** The pipeline's own variables. */
function textsOf(env: Json | undefined): Readonly<Record<string, string>> {
  if (typeof env !== "object" || env === null || Array.isArray(env)) return {};
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function parsed(
  stdout: string,
  how: "text" | "json" | "lines",
): { readonly ok: true; readonly value: Json } | Refusal {
  switch (how) {
    case "text":
      return { ok: true, value: stdout.replace(/\r?\n$/, "") };
    case "lines": {
      const lines = stdout.split(/\r?\n/);
      if (lines.at(-1) === "") lines.pop();
      return { ok: true, value: lines };
    }
    case "json":
      return parsedJson(stdout);
  }
}

function parsedJson(stdout: string): { readonly ok: true; readonly value: Json } | Refusal {
  try {
    // JSON.parse gives JSON; its type says less.
    return { ok: true, value: JSON.parse(stdout) as Json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const { failure } = failed(
      "TRANSFORMATION",
      `The command's output is no JSON: ${reason}. Have it write JSON and nothing else on standard output, or set "parse" to "text".`,
      "parse",
    );
    return { ok: false, failure: { ...failure, details: { stdout: stdout.slice(0, toldCharacters) } } };
  }
}

function unsuccessful({ exitCode, signal, stdout, stderr }: ProcessExit): Refusal {
  const how = exitCode === null ? `was ended by ${signal ?? "a signal"}` : `ended with exit code ${exitCode}`;
  const said = endOf(stderr.trim() === "" ? stdout : stderr);
  const { failure } = failed("EXECUTION", `The command ${how}${said === "" ? "." : `: ${said}`}`);
  const details = { exit_code: exitCode, signal, stderr: endOf(stderr), stdout: endOf(stdout) };
  return { ok: false, failure: { ...failure, details } };
}

function endOf(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > toldCharacters ? `…${trimmed.slice(1 - toldCharacters)}` : trimmed;
}
