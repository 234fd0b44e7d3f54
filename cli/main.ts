#!/usr/bin/env node
// The process: streams, signals, exit code, and the one place where a defect is caught. Everything else is in fm.ts.
import { release } from "node:os";
import process from "node:process";
import { exitCode } from "./exit-code.ts";
import { fm } from "./fm.ts";
import { nodeRefusal } from "./node-refusal.ts";
import { reasonOf } from "./read-file.ts";
import { createChannel, createRedaction } from "./terminal.ts";
import { version } from "./version.ts";

const redaction = createRedaction();
const interruption = new AbortController();
// Once: the second Ctrl+C meets Node's own handler, which ends the process.
process.once("SIGINT", () => interruption.abort());
process.once("SIGTERM", () => interruption.abort());
// The terminal was closed: the record of the run is to tell so.
process.once("SIGHUP", () => interruption.abort());

// A reader such as `head` that has enough is no fault. Progress that nobody reads must not end a run either.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`fm: The output cannot be written: ${reasonOf(error)}.\n`);
  process.exit(exitCode.unusable);
});
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exit(exitCode.unusable);
});
process.on("uncaughtException", (error) => {
  tellDefect(error);
  process.exit(exitCode.defect);
});

const refusal = nodeRefusal(process.versions.node);
if (refusal !== null) {
  process.stderr.write(`fm: ${refusal}\n`);
  process.exit(exitCode.unusable);
}
try {
  process.exitCode = await fm(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    isInteractive: process.stdin.isTTY && process.stderr.isTTY,
    out: createChannel(process.stdout, process.env, redaction),
    err: createChannel(process.stderr, process.env, redaction),
    redaction,
    interrupted: interruption.signal,
  });
} catch (error) {
  tellDefect(error);
  process.exitCode = exitCode.defect;
}

function tellDefect(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `fm: this is a fault of FlowMason, not of your files. Please report it with the lines below.\nFlowMason ${version()}, Node ${process.version}, ${process.platform} ${release()}\n${redaction.text(stack)}\n`,
  );
}
