import { existsSync, readFileSync } from "node:fs";

/** A step of a command that went wrong: carries where the whole log is and what the reader can do. */
export class StepFailure extends Error {
  /**
   * @param {string} message
   * @param {{ log?: string, advice?: string }} [more]
   */
  constructor(message, more = {}) {
    super(message);
    this.name = "StepFailure";
    this.log = more.log;
    this.advice = more.advice;
    /** @type {string | undefined} */
    this.step = undefined;
  }

  /** @param {unknown} error */
  static from(error) {
    if (error instanceof StepFailure) return error;
    // A mistyped option is the reader's, and no place in our code helps with it.
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
      return new StepFailure(error.message);
    return new StepFailure(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** @param {string} advice */
  advise(advice) {
    this.advice ??= advice;
    return this;
  }
}

/**
 * Runs one step of a command and shows its name, then how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  const live = process.stdout.isTTY;
  process.stdout.write(live ? `… ${title}` : `… ${title}\n`);
  const end = (/** @type {string} */ sign) =>
    process.stdout.write(
      `${live ? "\r\u001b[2K" : ""}${sign} ${title} (${seconds(performance.now() - started)})\n`,
    );
  try {
    const result = await work();
    end("✓");
    return result;
  } catch (error) {
    end("✗");
    const failure = StepFailure.from(error);
    failure.step ??= title;
    throw failure;
  }
}

/**
 * Milliseconds as people read them.
 * @param {number} milliseconds
 */
export const seconds = (milliseconds) =>
  milliseconds < 99_950
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;

/**
 * Says on stderr which step failed, the end of its log, and what to do.
 * @param {unknown} error
 */
export function reportFailure(error) {
  const failure = StepFailure.from(error);
  const lines = [
    failure.step === undefined ? "Failed." : `Failed in the step: ${failure.step}`,
    failure.message,
  ];
  if (failure.log !== undefined && existsSync(failure.log)) {
    lines.push(
      "",
      `The last lines of ${failure.log}:`,
      ...lastLines(failure.log, 20).map((line) => `  ${line}`),
    );
  }
  if (failure.advice !== undefined) lines.push("", failure.advice);
  process.stderr.write(`\n${lines.join("\n")}\n`);
}

/**
 * @param {string} file
 * @param {number} count
 */
function lastLines(file, count) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
}
