// The part of every command that runs before anything is installed: plain JavaScript for Node 20 and npm 10.
// It installs the packages if they are missing, then goes on in TypeScript under Node 24 or newer.
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { installDependencies, missingDependency } from "./dependencies.mjs";
import { bundledNode, isNewEnough, ownNodeIsNewEnough } from "./node-runtime.mjs";
import { inRoot } from "./root.mjs";
import { reportFailure, step } from "./steps.mjs";

/**
 * Runs `main` of `scripts/commands/<command>.ts`, installing first what is missing. Sets the exit code; never throws.
 * @param {string} command
 */
export async function runCommand(command) {
  process.stdout.on("error", endWithReader);
  try {
    const missing = missingDependency();
    if (missing !== undefined) {
      await step(`Install packages (${missing})`, () => installDependencies());
    }
    process.exitCode = ownNodeIsNewEnough() ? await runHere(command) : await continueUnder(newerNode());
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
  }
}

/**
 * Whoever read the output (`| head`) has gone: end as a program does that the signal for it reaches.
 * @param {NodeJS.ErrnoException} error
 */
function endWithReader(error) {
  if (error.code !== "EPIPE") throw error;
  process.exit(141);
}

/**
 * @param {string} command
 * @returns {Promise<number>} the exit code
 */
async function runHere(command) {
  const script = inRoot("scripts", "commands", `${command}.ts`);
  const { main } = await import(pathToFileURL(script).href);
  return main(process.argv.slice(2));
}

/** @returns {string} */
function newerNode() {
  const node = bundledNode();
  if (node !== undefined && isNewEnough(node)) return node;
  throw new Error(
    `Node 24 or newer is needed, this is ${process.version}, and npm has no working Node 24 package for ` +
      `${process.platform}-${process.arch}. Install Node 24 and run the command again.`,
  );
}

/**
 * Runs the same command again under another Node and gives back its exit code. Ctrl+C reaches the child by itself
 * (same terminal); this process only waits for it.
 * @param {string} node
 * @returns {Promise<number>}
 */
function continueUnder(node) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...process.argv.slice(1)], {
    stdio: "inherit",
  });
  const ignore = () => undefined;
  const forward = () => child.kill("SIGTERM");
  process.on("SIGINT", ignore);
  process.on("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 130));
  });
}
