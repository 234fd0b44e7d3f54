// An executor in a process of its own, for executor-process.test.ts: attempts come in and events go out as lines of
// JSON. It knows nothing of the run but the attempts.
import { createInterface } from "node:readline";
import type { StageAttempt } from "#core/ports";
import { outcomeOf } from "./support/outcome-of.ts";

for await (const line of createInterface({ input: process.stdin })) {
  const message: { readonly id: number; readonly attempt: StageAttempt } = JSON.parse(line);
  const { id, attempt } = message;
  tell(id, { kind: "log", level: "info", message: `at ${attempt.key}` });
  tell(id, outcomeOf(attempt));
}

function tell(id: number, event: object): void {
  process.stdout.write(`${JSON.stringify({ id, event })}\n`);
}
