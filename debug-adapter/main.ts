// The process that VS Code starts for each session. Clients of another kind start `fm dap`.
import process from "node:process";
import { createRedactor } from "#core/secrets";
import { DEFECT_EXIT_CODE, defectMessage, UNREADABLE_EXIT_CODE } from "./adapter-error.ts";
import { serveStdio } from "./serve.ts";

/** How long what a cancelled run still holds may keep the process alive, in milliseconds. */
const graceMs = 2000;

let redactor = createRedactor("");
const tellDefect = (error: unknown): void => {
  process.stderr.write(`${redactor.text(defectMessage(error))}\n`);
};
process.on("uncaughtException", (error) => {
  tellDefect(error);
  process.exit(DEFECT_EXIT_CODE);
});

try {
  const end = await serveStdio((opened) => {
    redactor = opened;
  });
  if (end === "lost") process.exitCode = UNREADABLE_EXIT_CODE;
  setTimeout(() => process.exit(), graceMs).unref();
} catch (error) {
  tellDefect(error);
  process.exitCode = DEFECT_EXIT_CODE;
}
