import * as path from "node:path";
import type * as vscode from "vscode";
import type { RunOrigin } from "#protocol";

/** Where what a session looks at comes from; null for a run that began by itself. */
export function originOf({ configuration }: Pick<vscode.DebugSession, "configuration">): RunOrigin | null {
  const replay: unknown = configuration["replay"];
  const fork: unknown = configuration["fork"];
  if (typeof replay === "string") return { kind: "exact-replay", run: shortName(replay) };
  if (typeof fork !== "object" || fork === null || !("run" in fork)) return null;
  const isLive = "againFrom" in fork && !("set" in fork) && !("again" in fork) && !("from" in fork);
  return { kind: isLive ? "live-replay" : "fork", run: shortName(String(fork.run)) };
}

/** A record may be named by its file. */
function shortName(run: string): string {
  return path.basename(run);
}
