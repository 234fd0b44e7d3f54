// A process that writes runs, to be killed. Each line on standard input is a command, each line on standard output what
// came of it.
import { createInterface } from "node:readline";
import { openRunForAppend, openRunStore, RunStoreError, recordRun } from "#host";
import { writeRun } from "./write-run.ts";

const [root = ""] = process.argv.slice(2);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, runId = ""] = line.split(" ");
  if (command === "record") {
    const record = await recordRun({
      workspaceRoot: root,
      program: "a writer",
      keep: "in-workspace",
      copy: null,
      retention: { keep: 1000, maxBytes: 1e12, maxAgeMs: null },
    });
    writeRun(record.journal, record.runId, "stage-started");
    await record.journal.flush();
    say(record.runId);
  } else {
    try {
      const opened = await openRunForAppend(await openRunStore(root), runId, "a writer");
      say(opened.kind === "busy" ? `busy ${opened.writer.pid}` : "opened");
      if (opened.kind === "opened" && command === "touch") await opened.run.close();
    } catch (error) {
      if (!(error instanceof RunStoreError)) throw error;
      say(error.message);
    }
  }
}
