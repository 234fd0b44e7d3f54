import * as z from "zod";
import { defineEvent, defineRequest } from "./message.ts";
import { readValueRequest } from "./value-messages.ts";

const shownValue = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("read"), value: readValueRequest.body }).readonly(),
  /** It cannot be read, any more or at all. */
  z.object({ kind: z.literal("refused"), message: z.string() }).readonly(),
]);

/** A part of the value that a viewer is open on, or why there is none. */
export type ShownValue = z.infer<typeof shownValue>;

const [, , held] = readValueRequest.arguments.options;
const part = held.unwrap().omit({ value: true });

/** Which part of it, and as what. */
export type PartOfValue = z.infer<typeof part>;

/** The viewer has loaded, and asks what there is. */
export const valueReady = defineRequest("value/ready", { params: z.object({}), result: shownValue });

/** Another part of the value, or the value as something else. */
export const valueRead = defineRequest("value/read", { params: part, result: shownValue });

/** Copies an expression that gives a part of it. */
export const valueCopy = defineEvent("value/copy", z.object({ expression: z.string() }));

/** Opens it as a read-only document, which can be searched and folded. */
export const valueOpenDocument = defineEvent("value/openDocument", z.object({}));

/** Compares its text with the output of another stage. */
export const valueDiff = defineEvent("value/diff", z.object({}));

/** Something of ours went wrong in the viewer. */
export const valueDefect = defineEvent("value/defect", z.object({ message: z.string() }));
