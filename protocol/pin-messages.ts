import * as z from "zod";

/** The version of the messages about pins; it rises with each change that an older other side would misread. */
export const PINS_VERSION = 1;

const pinned = z
  .object({
    /** Its id in the file. */
    stage: z.string(),
    /** ISO 8601. */
    pinnedAt: z.string(),
    /** The run whose output it was; null where it was given. */
    run: z.string().nullable(),
    /** Why it is not used, for a person; null where it is. */
    ignored: z.string().nullable(),
  })
  .readonly();

const body = z
  .object({
    version: z.literal(PINS_VERSION),
    /** The file whose stages these are, absolute. */
    path: z.string(),
    pins: z.array(pinned).readonly(),
  })
  .readonly();

export type PinList = z.infer<typeof body>;

/** Custom DAP request: what is pinned of the pipeline that the session is of. */
export const pinsRequest = { name: "flowmason/pins", arguments: z.object({}).readonly(), body } as const;

/** Custom DAP request: an output of a stage takes the place of running it, from its next attempt on and in later runs. */
export const pinRequest = {
  name: "flowmason/pin",
  arguments: z
    .object({
      /** As addresses name it: `draft`, `each[2]/score`. What is pinned is the stage of that id, in all rounds. */
      stage: z.string().min(1),
      /** What it is pinned to; without it what it gave last, up to what is shown. */
      output: z.json().exactOptional(),
    })
    .readonly(),
  body,
} as const;

/** Custom DAP request: a stage runs again. */
export const unpinRequest = {
  name: "flowmason/unpin",
  arguments: z.object({ stage: z.string().min(1) }).readonly(),
  body,
} as const;

const keptPins = z
  .object({
    pins: z
      .array(
        z
          .object({
            stage: z.string(),
            /** ISO 8601. */
            pinnedAt: z.string(),
            /** The run whose output it is; null where it was given. */
            run: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

/** A pin as its file has it. */
export type KeptPin = z.infer<typeof keptPins>["pins"][number];

/** Custom LSP request: the pins of a pipeline's file, whether it is debugged or not. */
export const keptPinsRequest = {
  name: "flowmason/keptPins",
  params: z.object({ uri: z.string() }).readonly(),
  result: keptPins,
} as const;

/** Custom LSP request: a stage runs again. Answers with the pins that are left; one that is gone already is no error. */
export const unpinKeptRequest = {
  name: "flowmason/unpinKept",
  params: z.object({ uri: z.string(), stage: z.string() }).readonly(),
  result: keptPins,
} as const;
