import * as z from "zod";
import { defineEvent, defineRequest, type EventMessage, type RequestMessage } from "./message.ts";

/** The messages of a view that shows something, and in which one goes from one thing to the next. */
export interface ViewMessages<Shown> {
  /** The view has loaded, and asks what there is. */
  readonly ready: RequestMessage<object, Shown>;
  /** There is something else to show now. */
  readonly shown: EventMessage<Shown>;
  /** Go to the next one, or to the one before. */
  readonly step: EventMessage<{ readonly to: "next" | "previous" }>;
  /** Something of ours went wrong in the view. */
  readonly defect: EventMessage<{ readonly message: string }>;
}

/** The messages of such a view, by its name. */
export function defineView<Shown>(name: string, shown: z.ZodType<Shown>): ViewMessages<Shown> {
  return {
    ready: defineRequest(`${name}/ready`, { params: z.object({}), result: shown }),
    shown: defineEvent(`${name}/shown`, shown),
    step: defineEvent(`${name}/step`, z.object({ to: z.enum(["next", "previous"]) })),
    defect: defineEvent(`${name}/defect`, z.object({ message: z.string() })),
  };
}
