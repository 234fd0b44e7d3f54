import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installDependencies, missingDependency } from "../setup/dependencies.mjs";
import { projectNode } from "../setup/node-runtime.mjs";
import { innerEnvironment, npm } from "../setup/npm.mjs";
import { inRoot } from "../setup/root.mjs";
import { step } from "../setup/steps.mjs";

const folder = inRoot("tools", "vscode-host");
const codeServer = path.join(folder, "node_modules", "code-server");
const workbench = path.join(codeServer, "lib", "vscode");
const stamp = path.join(codeServer, ".set-up");

/** The program that starts code-server: a JavaScript file for the project's Node. */
export const codeServerEntry = path.join(codeServer, "out", "node", "entry.js");

/**
 * Installs code-server, a real VS Code from the npm registry, into `tools/vscode-host` unless it is there. Its own
 * install script wants to compile what we do not need, so the inner installs are ours.
 */
export async function installVscodeHost(): Promise<void> {
  const missing = missingDependency(folder);
  if (missing !== undefined) {
    await step(`Install VS Code for the browser, once, about 600 MB (code-server: ${missing})`, () =>
      installDependencies(folder),
    );
  }
  const version = codeServerVersion();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return;
  await step("Install what VS Code for the browser needs", async () => {
    const env = environmentForNode24();
    // `npm ci` refuses its shrinkwrap, which is out of step with its manifest; `install` takes the same versions.
    const args = ["install", "--no-save", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
    await npm(workbench, "vscode-host-workbench", args, env);
    await npm(path.join(workbench, "extensions"), "vscode-host-extensions", args, env);
  });
  await compileLogging();
  writeFileSync(stamp, version);
}

/** Log files of the extension host come from a native module. Tests pass without, so no compiler is no failure. */
async function compileLogging(): Promise<void> {
  // Half a minute, for files that nobody reads on a machine that is thrown away.
  if (process.env["CI"] !== undefined) return;
  await step("Compile its log writer (optional)", async () => {
    try {
      const args = ["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"];
      await npm(workbench, "vscode-host-native", args, environmentForNode24());
    } catch {
      process.stdout.write(
        "  Not compiled (no C++ compiler?): VS Code will write no extension-host log files.\n",
      );
    }
  });
}

/** npm and node-gyp must use the Node that will run the server, and its headers, not those of the machine. */
function environmentForNode24(): NodeJS.ProcessEnv {
  const bin = path.dirname(projectNode());
  const env = innerEnvironment();
  const headers = path.dirname(bin);
  if (existsSync(path.join(headers, "include", "node"))) env["npm_config_nodedir"] = headers;
  env["PATH"] = `${bin}${path.delimiter}${env["PATH"] ?? ""}`;
  return env;
}

function codeServerVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(path.join(codeServer, "package.json"), "utf8"),
  );
  return manifest.version;
}
