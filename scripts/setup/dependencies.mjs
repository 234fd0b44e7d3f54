import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { npm } from "./npm.mjs";
import { root } from "./root.mjs";
import { StepFailure } from "./steps.mjs";

/**
 * The first package of `package-lock.json` that is not installed at its locked version, in words; undefined when
 * nothing is missing. npm's own record of what it installed is compared, so an install made by hand counts too; and its
 * folder is looked for, since a record that several copies of the packages share says what one of them has.
 * @param {string} [folder] defaults to the repository
 * @returns {string | undefined}
 */
export function missingDependency(folder = root) {
  const record = path.join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return "first time";
  const installed = lockedPackages(record);
  for (const [location, wanted] of Object.entries(lockedPackages(path.join(folder, "package-lock.json")))) {
    if (location === "") continue;
    const found = installed[location];
    const isThere = found !== undefined && existsSync(path.join(folder, location));
    if (isThere ? found.version !== wanted.version : wanted.optional !== true) {
      return `${location.replace(/^.*node_modules\//, "")} ${wanted.version} is not there yet`;
    }
  }
  return undefined;
}

/**
 * Installs what the lock file says and leaves that file alone. Not `npm ci`: npm 11 refuses it where a registry lacks
 * the optional packages of other platforms. No package needs its install script: the ones that have any are refused by
 * name under `allowScripts`, which npm 10 does not know, hence the flag.
 * @param {string} [folder] defaults to the repository
 */
export async function installDependencies(folder = root) {
  const args = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    await npm(folder, "npm-install", args);
  } catch (error) {
    throw StepFailure.from(error).advise(
      "If npm could not reach its registry, try npm ping; then run the same command again.",
    );
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}
