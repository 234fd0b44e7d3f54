import type { OwnerEvent } from "./owner-event.ts";
import type { RunEvent } from "./run-event.ts";
import type { StageEvent } from "./stage-event.ts";

/** What happened, in order. `seq` counts from 0 in a run; `at` is milliseconds since 1970. */
export type JournalEvent = { readonly seq: number; readonly at: number } & JournalBody;

export type JournalBody = RunEvent | StageEvent | OwnerEvent;
