import type { RunResult } from "#core/engine";
import { type ExitCode, exitCode } from "../exit-code.ts";

/** What a process that ran something ends with. */
export function exitCodeOf({ status }: RunResult): ExitCode {
  return { succeeded: exitCode.done, failed: exitCode.no, cancelled: exitCode.cancelled }[status];
}
