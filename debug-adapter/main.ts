import { defectMessage } from "./adapter-error.ts";
import { serveDebugAdapter } from "./serve.ts";

/** How long what a cancelled run still holds may keep the process alive, in milliseconds. */
const graceMs = 2000;

try {
  await serveDebugAdapter(process.argv.slice(2));
  process.stdin.destroy();
  setTimeout(() => process.exit(), graceMs).unref();
} catch (error) {
  const isUsage = error instanceof RangeError;
  process.stderr.write(`${isUsage ? error.message : defectMessage(error)}\n`);
  process.exitCode = isUsage ? 3 : 70;
}
