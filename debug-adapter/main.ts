// The process that VS Code starts for each session. Clients of another kind start `fm dap`.
import { defectMessage } from "./adapter-error.ts";
import { serveStdio } from "./serve.ts";

/** How long what a cancelled run still holds may keep the process alive, in milliseconds. */
const graceMs = 2000;

try {
  await serveStdio();
  setTimeout(() => process.exit(), graceMs).unref();
} catch (error) {
  process.stderr.write(`${defectMessage(error)}\n`);
  process.exitCode = 70;
}
