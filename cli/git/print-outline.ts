import { pipelineOutline } from "#core/merge";
import { UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedBytes, utf8Text } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Prints what a pipeline says, a line each; the text itself where it is no pipeline, so that Git has something to show,
 * and of bytes that are no text a character each, so that others are shown to be others.
 */
export async function printOutline(names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [path, ...more] = names;
  if (path === undefined || more.length > 0) throw new UsageError("Name one pipeline file.");
  const bytes = await readNamedBytes(path, terminal);
  const text = utf8Text(bytes);
  terminal.out.write(text === null ? bytes.toString("latin1") : (pipelineOutline(text) ?? text));
  return exitCode.done;
}
