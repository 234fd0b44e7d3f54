import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { parsePipeline } from "#core/pipeline";
import { createSameFile } from "../same-file.ts";
import { bindBreakpoints } from "./bind-breakpoints.ts";
import type { GateView } from "./gate-view.ts";
import { type Mark, stopsAt } from "./mark.ts";
import type { Marks } from "./marks.ts";

/** The source breakpoints of a session, by file. */
export interface BreakpointTable {
  /** Answers `setBreakpoints`: what it asks for replaces what the file had. */
  set(args: DebugProtocol.SetBreakpointsArguments): DebugProtocol.SetBreakpointsResponse["body"];
  /** The ids of those that stop the run there; the others of that stage have counted it, or logged. */
  hitAt(view: GateView): readonly number[];
}

/** A table without breakpoints; `marks` keeps those that it will get. */
export function createBreakpointTable(marks: Marks): BreakpointTable {
  const byPath = new Map<string, ReadonlyMap<string, readonly Mark[]>>();
  const isSameFile = createSameFile();

  /** Those on a stage of a file, by whichever path they were set. */
  const marksIn = (file: string, stage: string): readonly Mark[] =>
    Array.from(byPath).flatMap(([path, stages]) =>
      stages.has(stage) && isSameFile(path, file) ? (stages.get(stage) ?? []) : [],
    );

  return {
    set: (args) => {
      const asked = args.breakpoints ?? [];
      if (args.source.path === undefined) return { breakpoints: asked.map(notInFile) };
      const path = resolve(args.source.path);
      const text = textAt(path);
      if (text === null) return { breakpoints: asked.map(unreadable) };
      const bound = bindBreakpoints(parsePipeline(text), asked);
      const wanted = bound.map(({ stage, answer, written }) => ({
        place: stage ?? `line ${answer.line}`,
        terms: written,
      }));
      const placed = marks.replace(path, wanted);
      const stages = new Map<string, Mark[]>();
      const breakpoints = bound.map(({ stage, answer }, index): DebugProtocol.Breakpoint => {
        const at = placed[index];
        if (stage === null || at === undefined) return answer;
        if (!at.ok) return { ...answer, id: at.id, verified: false, message: at.message };
        stages.set(stage, [...(stages.get(stage) ?? []), at.mark]);
        return { ...answer, id: at.id };
      });
      byPath.set(path, stages);
      return { breakpoints };
    },
    hitAt: ({ point, file, scope, write }) => {
      if (point.kind === "after" || byPath.size === 0) return [];
      const marked = file.pathsOf(point.stage).flatMap((path) => marksIn(path, point.stage));
      return marked.filter((mark) => stopsAt(mark, scope, write)).map(({ id }) => id);
    },
  };
}

/**
 * Read at once: of two requests for a file the later one must count, and one that comes before the run goes on has to be
 * done by then, be the file as large as it may.
 */
function textAt(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It is answered as one that cannot be read.
    return null;
  }
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
