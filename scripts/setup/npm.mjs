import { runLogged } from "./processes.mjs";

/**
 * Runs npm in a folder, its output in `.cache/logs/<log>.log`.
 * @param {string} folder
 * @param {string} log
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] defaults to `innerEnvironment()`
 */
export async function npm(folder, log, args, env = innerEnvironment()) {
  const outerNpm = process.env["npm_execpath"];
  const [command, leading] =
    outerNpm?.endsWith(".js") === true
      ? [process.execPath, [outerNpm]]
      : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  await runLogged(log, command, [...leading, ...args], {
    cwd: folder,
    env,
    shell: command.endsWith(".cmd"),
  });
}

/**
 * The environment for an npm or a tool started from within an npm script: the outer run's `npm_*` variables would
 * give the inner one the wrong project, so they go, except what says where packages come from.
 * @returns {NodeJS.ProcessEnv}
 */
export function innerEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^npm_/i.test(name) && !/cache|registry|cafile|proxy|userconfig/i.test(name)) delete env[name];
  }
  return env;
}
