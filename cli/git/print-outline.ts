import { pipelineOutline } from "#core/merge";
import { UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** Prints what a pipeline says, a line each; the text itself where it is no pipeline, so that Git has something to show. */
export async function printOutline(names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [path, ...more] = names;
  if (path === undefined || more.length > 0) throw new UsageError("Name one pipeline file.");
  const text = await readNamedFile(path, terminal);
  terminal.out.write(pipelineOutline(text) ?? text);
  return exitCode.done;
}
