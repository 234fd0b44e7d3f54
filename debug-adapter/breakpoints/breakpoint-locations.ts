import { readFile } from "node:fs/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { lineIndex, type PipelineDocument, parsePipeline, stageSpan } from "#core/pipeline";

/** Where in a range of lines a source breakpoint can be: at each stage's opening, and at what changes one inherited. */
export async function breakpointLocations({
  source,
  line,
  endLine,
}: DebugProtocol.BreakpointLocationsArguments): Promise<DebugProtocol.BreakpointLocationsResponse["body"]> {
  const text = source.path === undefined ? null : await readFile(source.path, "utf8").catch(() => null);
  if (text === null) return { breakpoints: [] };
  const document = parsePipeline(text);
  const lines = lineIndex(text);
  const last = endLine ?? line;
  return {
    breakpoints: openings(document)
      .map((offset) => lines.positionAt(offset))
      .filter(({ line0 }) => line0 + 1 >= line && line0 + 1 <= last)
      .map(({ line0, character }) => ({ line: line0 + 1, column: character + 1 })),
  };
}

function openings(document: PipelineDocument): readonly number[] {
  const { stages, overrides } = document.pipeline;
  const all = [
    ...stages.map((stage) => stageSpan(document, stage).start),
    ...overrides.map(({ keySpan }) => keySpan.start),
  ];
  return all.toSorted((one, other) => one - other);
}
