import { type JsonNode, nodeToJson } from "#core/pipeline";
import type { Json } from "#core/ports";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { readAll, readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** The run's input: of --input, --input-file or --sample, else an empty object. */
export async function readInput(
  line: CommandLine,
  sample: JsonNode | null,
  terminal: Terminal,
): Promise<Json> {
  const written = line.text("input");
  const file = line.text("input-file");
  const given = [written !== undefined, file !== undefined, line.has("sample")].filter(Boolean);
  if (given.length > 1) throw new UsageError("Only one of --input, --input-file and --sample can be given.");
  if (written !== undefined) return parseWritten(written);
  if (file !== undefined) return parseFile(file, terminal);
  if (!line.has("sample")) return {};
  if (sample === null)
    throw new UnusableInput("The pipeline has no sample_input. Give its input with --input or --input-file.");
  return nodeToJson(sample);
}

function parseWritten(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--input is no JSON: ${messageOf(error)}. Write it as '{"name": "value"}'.`);
  }
}

async function parseFile(path: string, terminal: Terminal): Promise<Json> {
  const text = path === "-" ? await readAll(terminal.stdin) : await readNamedFile(path, terminal);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableInput(`${path === "-" ? "Standard input" : path} is no JSON: ${messageOf(error)}.`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
