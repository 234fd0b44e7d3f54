import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { parsePipeline } from "#core/pipeline";
import { bindBreakpoints } from "./breakpoints.ts";

/** The breakpoints of a session, by file. */
export interface BreakpointTable {
  /** Answers `setBreakpoints`: what it asks for replaces what the file had. */
  set(args: DebugProtocol.SetBreakpointsArguments): Promise<DebugProtocol.SetBreakpointsResponse["body"]>;
  /** Whether a stage of a file has one now. */
  has(path: string, stage: string): boolean;
}

/** A table without breakpoints. */
export function createBreakpointTable(): BreakpointTable {
  const stagesByPath = new Map<string, ReadonlySet<string>>();

  return {
    set: async (args) => {
      const asked = args.breakpoints ?? [];
      if (args.source.path === undefined) return { breakpoints: asked.map(notInFile) };
      const path = resolve(args.source.path);
      const text = await readFile(path, "utf8").catch(() => null);
      if (text === null) return { breakpoints: asked.map(unreadable) };
      const bound = bindBreakpoints(parsePipeline(text), asked);
      const stages = new Set(bound.flatMap(({ stage }) => (stage === null ? [] : [stage])));
      stagesByPath.set(path, stages);
      return { breakpoints: bound.map(({ answer }) => answer) };
    },
    has: (path, stage) => stagesByPath.get(path)?.has(stage) === true,
  };
}

function notInFile({ line }: DebugProtocol.SourceBreakpoint): DebugProtocol.Breakpoint {
  return {
    verified: false,
    line,
    message: "Breakpoints work in pipeline files on disk: save the file first.",
  };
}

function unreadable({ line }: DebugProtocol.SourceBreakpoint): DebugProtocol.Breakpoint {
  return { verified: false, line, message: "The file cannot be read, so no stage is known on this line." };
}
