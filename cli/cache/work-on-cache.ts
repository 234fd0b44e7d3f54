import { clearCache } from "#host";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sizeWords } from "../runs/words.ts";
import { usable, workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { explainStage } from "./explain-stage.ts";

/** Does what `fm cache` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function workOnCache(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [what, ...operands] = line.operands;
  if (what === "explain") return await explainStage(operands, line, terminal);
  if (what !== "clear") throw new UsageError("Say what to do with the cache: explain RUN STAGE, or clear.");
  if (operands.length > 0) throw new UsageError("fm cache clear takes no operands: it removes all there is.");
  const { workspace } = await workspaceRuns(line, terminal);
  const cleared = await usable(clearCache(workspace.root));
  const { out, err } = terminal;
  if (line.has("json")) out.write(`${JSON.stringify(cleared, null, 2)}\n`);
  else
    err.write(
      `${cleared.entries} ${cleared.entries === 1 ? "entry" : "entries"}, ${sizeWords(cleared.bytes)} removed.\n`,
    );
  return exitCode.done;
}
