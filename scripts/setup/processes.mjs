import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { inRoot } from "./root.mjs";
import { StepFailure } from "./steps.mjs";

/**
 * Runs a program to its end with its output in `.cache/logs/<log>.log`. Throws a `StepFailure` that points to the
 * log when it cannot start or ends with anything but 0.
 * @param {string} log
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<string>} what it printed
 */
export async function runLogged(log, command, args, options = {}) {
  mkdirSync(inRoot(".cache", "logs"), { recursive: true });
  const file = inRoot(".cache", "logs", `${log}.log`);
  const output = openSync(file, "w");
  try {
    const child = spawn(command, args, { cwd: inRoot(), ...options, stdio: ["ignore", output, output] });
    /** @type {string} */
    const code = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (exitCode, signal) => resolve(String(exitCode ?? signal)));
    });
    if (code !== "0") throw new StepFailure(`${command} ended with ${code}`, { log: file });
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof StepFailure) throw error;
    throw new StepFailure(`${command} could not be started: ${StepFailure.from(error).message}`);
  } finally {
    closeSync(output);
  }
}
