/** What the menu of the call stack was opened on. */
export interface CallStackPlace {
  readonly sessionId: string;
  /** Null where it was opened on a session. */
  readonly threadId: number | null;
}

/** Reads what VS Code gives commands in the menu of the call stack; undefined for anything else. */
export function callStackPlace(argument: unknown): CallStackPlace | undefined {
  if (typeof argument !== "object" || argument === null || !("sessionId" in argument)) return undefined;
  const { sessionId } = argument;
  if (typeof sessionId !== "string") return undefined;
  // VS Code names a thread by its session and its number.
  const [, number] = "threadId" in argument ? (/:(\d+)$/.exec(String(argument.threadId)) ?? []) : [];
  return { sessionId, threadId: number === undefined ? null : Number(number) };
}
