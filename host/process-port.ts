import { ChildProcess, spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import type { Clock, Failure, ProcessCommand, ProcessPort, ProcessRequest, ProcessResult } from "#core/ports";
import { folderInside } from "./folder-inside.ts";
import { type ProcessGroup, processGroup } from "./process-group.ts";

/** What programs are run with. */
export interface ProcessPortConfig {
  /** An absolute path. */
  readonly workspaceRoot: string;
  /** Variables that each program gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
}

/** Milliseconds for the output of a program that has ended to arrive: what it started may hold the stream open. */
const drainMs = 1000;

/** Programs of this machine, each in a process group of its own, so that all of it can be ended. */
export function createProcessPort(config: ProcessPortConfig): ProcessPort {
  return {
    run: async (request, onOutput, signal) => {
      // Windows has no process groups, and a program that outlives its stage is worse than none.
      if (config.platform === "win32") return refused(unsupportedPlatform);
      const cwd = await folderInside(config.workspaceRoot, request.cwd);
      if (cwd === undefined) return refused(noFolder(request.cwd));
      if (signal.aborted) return refused(cancelled);
      return new Promise((resolve) => watch(request, cwd, config, onOutput, signal, resolve));
    },
  };
}

function watch(
  request: ProcessRequest,
  cwd: string,
  { env, clock }: ProcessPortConfig,
  onOutput: Parameters<ProcessPort["run"]>[1],
  signal: AbortSignal,
  resolve: (result: ProcessResult) => void,
): void {
  const start = clock.monotonic();
  const child = started(request, cwd, env);
  if (!(child instanceof ChildProcess)) return resolve(refused(child));
  let group: ProcessGroup | null = null;
  let failure: Failure | null = null;
  let bytes = 0;
  const texts = { stdout: "", stderr: "" };

  const stop = (reason: Failure): void => {
    failure ??= reason;
    group?.end();
  };
  const abort = (): void => stop(cancelled);

  const listen = (stream: "stdout" | "stderr"): void => {
    const decoder = new StringDecoder("utf8");
    const take = (text: string): void => {
      if (text === "" || failure !== null) return;
      texts[stream] += text;
      onOutput(stream, text);
    };
    child[stream]?.on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > request.maxBytes) stop(tooMuch(request.maxBytes));
      take(decoder.write(chunk));
    });
    child[stream]?.on("end", () => take(decoder.end()));
  };
  listen("stdout");
  listen("stderr");
  // A program need not read what it is given.
  child.stdin?.on("error", () => {});
  child.stdin?.end(request.stdin ?? "");

  child.once("spawn", () => {
    if (child.pid !== undefined) group = processGroup(child.pid);
    if (signal.aborted) abort();
  });
  signal.addEventListener("abort", abort, { once: true });
  child.once("error", (error) => {
    signal.removeEventListener("abort", abort);
    resolve(refused(notStarted(request.command, error)));
  });
  child.once("exit", () => {
    group?.leaderEnded();
    drain(child);
  });
  child.once("close", (exitCode, ended) => {
    if (child.pid === undefined) return;
    signal.removeEventListener("abort", abort);
    if (failure !== null) return resolve(refused(failure));
    const durationMs = Math.round(clock.monotonic() - start);
    resolve({ ok: true, exit: { ...texts, exitCode, signal: ended, durationMs } });
  });
}

/** Starts the program. What the system refuses at once (texts that are too long or hold NUL) is thrown by `spawn`. */
function started(
  request: ProcessRequest,
  cwd: string,
  inherited: ProcessPortConfig["env"],
): ChildProcess | Failure {
  const { program, args } = programOf(request.command);
  try {
    const env = environment(inherited, request.env);
    return spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return notStarted(request.command, error);
  }
}

/** `close` waits for the end of the streams; a process that has left the group may never end them. */
function drain(child: ChildProcess): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, drainMs);
  child.once("close", () => clearTimeout(timer));
}

/** A shell stops at the first command that fails, in a pipe too where the shell knows how: half a script is no success. */
function programOf(command: ProcessCommand): { readonly program: string; readonly args: readonly string[] } {
  if (command.kind === "argv") return { program: command.program, args: command.arguments };
  const shell = command.shell ?? "sh";
  const pipes = ["bash", "zsh", "ksh"].includes(shell) ? ["-o", "pipefail"] : [];
  return { program: shell, args: ["-e", ...pipes, "-c", command.line] };
}

function environment(
  inherited: ProcessPortConfig["env"],
  own: ProcessRequest["env"],
): Record<string, string | undefined> {
  const entries = Object.entries({ ...inherited, ...own });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const cancelled: Failure = { type: "CANCELLED", message: "The command was cancelled.", recoverable: false };

const unsupportedPlatform: Failure = {
  type: "EXECUTION",
  message:
    "Commands do not run on Windows in this version: a program there cannot be ended together with what it started. Run the pipeline in WSL or in a container.",
  recoverable: false,
};

function noFolder(cwd: string): Failure {
  const message = `There is no folder "${cwd}" in the workspace. Give "cwd" relative to the workspace's root, and without a link that leads out of it.`;
  return { type: "VALIDATION", message, recoverable: false, field: "cwd" };
}

function tooMuch(maxBytes: number): Failure {
  const message = `The command wrote more than ${maxBytes} bytes, so it was ended. Have it write less or into a file, or raise "max_output_bytes".`;
  return { type: "EXECUTION", message, recoverable: false, field: "max_output_bytes" };
}

function notStarted(command: ProcessCommand, error: Error): Failure {
  const program = programOf(command).program.replaceAll("\0", "\u2400");
  const code = "code" in error ? error.code : undefined;
  const reason =
    code === "ENOENT"
      ? "there is no such program on the PATH"
      : code === "EACCES"
        ? "it is no program, or you have no right to run it"
        : code === "E2BIG"
          ? "its arguments and variables are too long; give long texts as stdin"
          : code === "ERR_INVALID_ARG_VALUE"
            ? "its name, an argument or a variable holds the character NUL; give such a text as stdin"
            : error.message;
  return {
    type: "EXECUTION",
    message: `"${program}" cannot be started: ${reason}.`,
    recoverable: false,
    field: command.kind === "argv" ? "command" : "shell",
  };
}

function refused(failure: Failure): ProcessResult {
  return { ok: false, failure };
}
