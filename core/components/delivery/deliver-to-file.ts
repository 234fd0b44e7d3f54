import type { FilePort, Json } from "#core/ports";
import type { Destination } from "./definition.ts";
import type { Attempted } from "./message.ts";

/** Writes a payload to a file of the workspace: a text as it is, anything else as JSON; appended, each on lines of its own. */
export async function deliverToFile(
  files: FilePort,
  { config: { path, mode } }: Extract<Destination, { type: "file" }>,
  payload: Json,
): Promise<Attempted> {
  const text =
    typeof payload === "string" ? payload : JSON.stringify(payload, null, mode === "append" ? 0 : 2);
  const isWhole = typeof payload === "string" && (mode === "replace" || payload.endsWith("\n"));
  const result = await files.write(path, isWhole ? text : `${text}\n`, mode);
  return {
    error: result.ok ? null : result.failure.message,
    attempts: 1,
    statusCode: null,
    recoverable: false,
  };
}
