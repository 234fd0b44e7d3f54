import * as z from "zod";

/** The version of {@link readValueRequest}; it rises with each change that an older other side would misread. */
export const READ_VALUE_VERSION = 1;

/** Characters of a text, and rows of a table or a list, that one answer has at most. */
export const MOST_CHARACTERS = 1_000_000;
export const MOST_ROWS = 500;

/** Columns that a table has at most, and characters that a cell or a row has. */
export const MOST_COLUMNS = 30;
export const LONGEST_CELL = 200;

/** Bytes of a picture that is shown. */
export const LARGEST_PICTURE = 10_000_000;

const kind = z.enum(["json", "table", "text", "markdown", "image"]);

/** A way to look at a value. */
export type ValueKind = z.infer<typeof kind>;

const path = z.array(z.union([z.string(), z.int().min(0)])).readonly();

const jsonRow = z
  .object({
    key: z.union([z.string(), z.int()]),
    /** The beginning of it, as a row of the Variables view has it. */
    text: z.string(),
    /** How many rows are in it; 0 for what is no list or object, or has nothing in it. */
    rows: z.int(),
    /** The expression that gives it; null where none does. */
    expression: z.string().nullable(),
  })
  .readonly();

export type JsonRow = z.infer<typeof jsonRow>;

/** A part of what `total` counts, from `start`. */
const part = { start: z.int(), total: z.int() };
const text = { ...part, text: z.string() };

const page = z.discriminatedUnion("as", [
  /** The rows of a list or an object in the value. */
  z.object({ as: z.literal("json"), path, ...part, rows: z.array(jsonRow).readonly() }).readonly(),
  /** Objects of a list; a cell is null where its object has no such key. */
  z
    .object({
      as: z.literal("table"),
      ...part,
      columns: z.array(z.string()).readonly(),
      /** Keys that have no column any more. */
      moreColumns: z.int(),
      rows: z.array(z.array(z.string().nullable()).readonly()).readonly(),
    })
    .readonly(),
  /** Characters of a text; of anything else, as JSON. */
  z.object({ as: z.literal("text"), ...text }).readonly(),
  z.object({ as: z.literal("markdown"), ...text }).readonly(),
  /** A picture; `base64` is null where it has more bytes than are shown. */
  z
    .object({
      as: z.literal("image"),
      type: z.string(),
      bytes: z.int(),
      base64: z.string().nullable(),
    })
    .readonly(),
]);

export type ValuePage = z.infer<typeof page>;

/** Which part of a value is asked for, and as what; without `as` as what suits it best. */
const asked = {
  as: kind.exactOptional(),
  start: z.int().min(0).exactOptional(),
  count: z.int().min(1).max(MOST_CHARACTERS).exactOptional(),
  /** Of `json`: the list or object in the value whose rows are meant. */
  path: path.exactOptional(),
};

/** A row of the Variables view, as `setVariable` names one. */
const row = z.object({ variablesReference: z.int().min(1), name: z.string(), ...asked }).readonly();
const expression = z.object({ expression: z.string().min(1), frameId: z.int(), ...asked }).readonly();
/** The `value` of an earlier answer: it stays what it was, wherever the run is by now. */
const held = z.object({ value: z.int().min(1), ...asked }).readonly();

/** Custom DAP request: a value by parts, in a shape to look at it in. */
export const readValueRequest = {
  name: "flowmason/readValue",
  arguments: z.union([row, expression, held]),
  body: z
    .object({
      version: z.literal(READ_VALUE_VERSION),
      /** To ask for more of it by. */
      value: z.int(),
      name: z.string(),
      /** The expression that gives it at the stop; null where none does. */
      expression: z.string().nullable(),
      /** `string`, `list`, `object`, `number`, `boolean` or `null`. */
      type: z.string(),
      /** As what it can be looked at, the best first. */
      kinds: z.array(kind).readonly(),
      page,
    })
    .readonly(),
} as const;

export type ReadValueArguments = z.infer<typeof readValueRequest.arguments>;
export type ReadValue = z.infer<typeof readValueRequest.body>;
/** What of a value is asked for. */
export type AskedPart = Pick<ReadValueArguments, keyof typeof asked>;
