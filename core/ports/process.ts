import type { Failure } from "./failure.ts";

/** A program to run. */
export interface ProcessRequest {
  readonly command: ProcessCommand;
  /** A folder of the workspace, relative to its root with `/`; empty for the root. */
  readonly cwd: string;
  /** Variables over those that the program gets anyway; null takes one away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** What it reads on standard input; null for nothing. */
  readonly stdin: string | null;
  /** Bytes of output, both streams together, after which it is ended. */
  readonly maxBytes: number;
}

/** Program and arguments as they are, or a line for a shell; null is the system's own shell. */
export type ProcessCommand =
  | { readonly kind: "argv"; readonly program: string; readonly arguments: readonly string[] }
  | { readonly kind: "shell"; readonly line: string; readonly shell: string | null };

/** How a program ended: with a code, or by a signal. */
export interface ProcessExit {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
}

export type ProcessResult =
  | { readonly ok: true; readonly exit: ProcessExit }
  /** It could not be started, said too much, or was told to stop. */
  | { readonly ok: false; readonly failure: Failure };

/** Programs on this machine. */
export interface ProcessPort {
  /**
   * Runs a program to its end. `onOutput` gets its text as it comes. When the signal aborts, when it says too much and
   * when our own process ends, it is ended with everything that it started; what it leaves running is ended with it too.
   */
  run(
    request: ProcessRequest,
    onOutput: (stream: "stdout" | "stderr", text: string) => void,
    signal: AbortSignal,
  ): Promise<ProcessResult>;
}
