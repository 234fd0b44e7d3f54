import { isDeepStrictEqual } from "node:util";
import { runStateEvent, type TimelineState, timelineEvent } from "#protocol";
import type { Client } from "../connection.ts";

/** Milliseconds between two events at least. */
const TELL_EVERY_MS = 50;

/** What may have made another timeline of it, as the client is told of it anyway. */
const signs: ReadonlySet<string> = new Set(["stopped", "output", "breakpoint", runStateEvent.name]);

/** A client that is told of changes of the timeline too, from when it has asked for one. */
export interface WatchedTimeline {
  readonly client: Client;
  begin(): void;
  /** Something of it may have changed. */
  changed(): void;
}

export function watchTimeline(client: Client, state: () => TimelineState): WatchedTimeline {
  let told: TimelineState | null = null;
  let watched = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const now = state();
    if (isDeepStrictEqual(now, told)) return;
    told = now;
    client.event(timelineEvent.name, now);
  };
  const changed = (): void => {
    if (watched) timer ??= setTimeout(tell, TELL_EVERY_MS);
  };

  return {
    changed,
    begin: () => {
      if (watched) return;
      watched = true;
      // It is told in the answer.
      told = state();
    },
    client: {
      event: (name, body) => {
        // The last of it, before the session is over: whoever has not asked yet still learns which run it was.
        if (name === "terminated") tell();
        client.event(name, body);
        if (signs.has(name)) changed();
      },
      redactBy: (redactor) => client.redactBy(redactor),
      redacted: client.redacted,
    },
  };
}
