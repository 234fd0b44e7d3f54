import * as z from "zod";
import { defineEvent, defineRequest } from "./message.ts";
import { forkFamilyRequest } from "./run-list.ts";
import { runOrigin } from "./run-origin.ts";
import { timelineEvent, timelineOverviewRequest, timelineRequest } from "./timeline-messages.ts";

/** What the view shows: nothing, or the timeline of a session. */
const shownTimeline = z
  .object({
    session: z.string(),
    /** The session's name, as the call stack has it. */
    name: z.string(),
    state: timelineEvent.body,
    /** Where the run comes from; null: it began by itself. */
    origin: runOrigin.nullable(),
    /** The tree of forks that the run is in; a row or none where it is alone. */
    family: forkFamilyRequest.result.unwrap().shape.rows,
  })
  .readonly()
  .nullable();

export type ShownTimeline = z.infer<typeof shownTimeline>;

const inSession = { session: z.string() };

/** The view has loaded, and asks what there is. */
export const timelineReady = defineRequest("timeline/ready", { params: z.object({}), result: shownTimeline });

/** Another session is in front, or the timeline has grown, or something else is shown of the run. */
export const timelineShown = defineEvent("timeline/shown", shownTimeline);

/** A part of the timeline; empty where the session is over. */
export const timelineMoments = defineRequest("timeline/moments", {
  params: timelineRequest.arguments.unwrap().extend(inSession),
  result: timelineRequest.body.unwrap().shape.moments,
});

export const timelineOverview = defineRequest("timeline/overview", {
  params: timelineOverviewRequest.arguments.unwrap().extend(inSession),
  result: timelineOverviewRequest.body.unwrap().shape.parts,
});

/** Shows the run as of a moment. The answer is why that cannot be; null where it can. */
export const timelineJump = defineRequest("timeline/jump", {
  params: z.object({ moment: z.int().min(0), ...inSession }),
  result: z.string().nullable(),
});

/** Lets the user choose a recorded run to look at. */
export const timelineOpenRecord = defineRequest("timeline/openRecord", {
  params: z.object({}),
  result: z.null(),
});

/** Looks at another run of the tree of forks: in its session where it has one, else at its record. */
export const timelineSwitch = defineRequest("timeline/switch", {
  params: z.object({ runId: z.string() }),
  result: z.null(),
});

/** Something of ours went wrong in the view. */
export const timelineDefect = defineEvent("timeline/defect", z.object({ message: z.string() }));
