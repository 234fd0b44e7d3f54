import type { Format } from "./format.ts";
import { sarifLog } from "./sarif.ts";

/** What standard output holds when `fm validate` was written wrongly and a document was asked for. */
export function usageDocument(format: Exclude<Format, "text">, message: string): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ files: [], error: { message } }, null, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarifLog([], { refused: message }), null, 2)}\n`;
  }
}
