import type { WaitingRun } from "#host";
import { printable, type Terminal } from "../terminal.ts";

/** Shows what runs wait for. */
export function listQuestions(
  runs: readonly WaitingRun[],
  style: "json" | "plain",
  { out, err }: Terminal,
): void {
  const all = runs.flatMap(({ runId, questions }) => questions.map((asked) => ({ runId, ...asked })));
  if (style === "json") {
    const questions = all.map(({ runId, stage, question }) => {
      const { kind, title, prompt, options, answerers, expiresAt } = question;
      const offered = question.default;
      return {
        run: runId,
        stage,
        kind,
        title,
        prompt,
        options,
        default: offered,
        answerers,
        expires_at: expiresAt,
      };
    });
    out.write(`${JSON.stringify({ questions }, null, 2)}\n`);
    return;
  }
  if (all.length === 0) err.write("No run of this workspace waits for an answer.\n");
  for (const { runId, stage, question } of all) {
    const { kind, prompt, options, expiresAt } = question;
    const how =
      kind === "confirm" ? "yes or no" : kind === "choice" ? options.map(printable).join(", ") : "a text";
    const until = expiresAt === null ? "" : `, until ${expiresAt}`;
    out.write(`${runId} ${printable(stage)}: ${printable(prompt)} (${how}${until})\n`);
  }
}
