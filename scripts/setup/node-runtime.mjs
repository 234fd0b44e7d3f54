import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { inRoot } from "./root.mjs";

/** The scripts and tests are TypeScript without a build step, which Node runs by itself from here on. */
const firstNodeMajor = 24;

/** Whether this very process can go on. */
export const ownNodeIsNewEnough = () => Number.parseInt(process.versions.node, 10) >= firstNodeMajor;

/**
 * The Node that came with the packages for this platform (optionalDependencies), if there is one.
 * @returns {string | undefined}
 */
export function bundledNode() {
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const platform = process.platform === "win32" ? "win" : process.platform;
  return [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map((name) => inRoot("node_modules", name, binary))
    .find((file) => existsSync(file));
}

/**
 * Whether a Node binary starts here at all (the Linux ones need glibc) and is new enough.
 * @param {string} node
 */
export function isNewEnough(node) {
  const answer = spawnSync(node, ["--version"], { encoding: "utf8" });
  return answer.status === 0 && Number.parseInt(answer.stdout.slice(1), 10) >= firstNodeMajor;
}

/** The Node to start child processes with: this one, or the bundled one. */
export const projectNode = () =>
  ownNodeIsNewEnough() ? process.execPath : (bundledNode() ?? process.execPath);
