import * as z from "zod";

/** What is kept of the runs of a workspace: none of these may be exceeded. */
export interface RetentionLimits {
  /** How many. */
  readonly keep: number;
  /** Of all journals together. */
  readonly maxBytes: number;
  /** Milliseconds since a run began; null for any age. */
  readonly maxAgeMs: number | null;
}

/** What counts where flowmason.json does not say. */
const defaultRetention: RetentionLimits = { keep: 1000, maxBytes: 1024 ** 3, maxAgeMs: null };

/** A size in bytes, or as "500MB". */
export const sizeSchema = z
  .union([
    z.number().min(0),
    z.string().refine((text) => parseSize(text) !== null, "Write a size as 500MB or 1GB."),
  ])
  .transform((given) => (typeof given === "number" ? given : (parseSize(given) ?? 0)));
const age = z
  .string()
  .refine((text) => parseAge(text) !== null, "Write an age as 12h, 30d or 8w.")
  .transform((given) => parseAge(given) ?? 0);

/** `runs` of flowmason.json. */
export const retentionSchema = z.looseObject({
  keep: z.int().min(1).optional().describe("How many runs are kept; 1000 unless given."),
  max_size: sizeSchema
    .optional()
    .describe("How large all journals may be together: 500MB; 1GB unless given."),
  max_age: age.optional().describe("How long a run is kept: 12h, 30d or 8w; any time unless given."),
});

/** The limits that flowmason.json sets, and the defaults for what it does not. */
export function retentionOf(settings: z.infer<typeof retentionSchema> | undefined): RetentionLimits {
  const { keep, maxBytes, maxAgeMs } = defaultRetention;
  return {
    keep: settings?.keep ?? keep,
    maxBytes: settings?.max_size ?? maxBytes,
    maxAgeMs: settings?.max_age ?? maxAgeMs,
  };
}

/** Bytes of "500MB" or "1.5GB", in powers of 1024; null for any other text. */
export function parseSize(text: string): number | null {
  return parseQuantity(text, /^(\d+(?:\.\d+)?) ?(B|KB|MB|GB|TB)$/, sizes);
}

/** Milliseconds of "90m", "12h", "30d" or "8w"; null for any other text. */
export function parseAge(text: string): number | null {
  return parseQuantity(text, /^(\d+(?:\.\d+)?) ?(s|m|h|d|w)$/, ages);
}

function parseQuantity(text: string, form: RegExp, units: ReadonlyMap<string, number>): number | null {
  const [, amount, unit] = form.exec(text.trim()) ?? [];
  const factor = units.get(unit ?? "");
  return factor === undefined ? null : Number(amount) * factor;
}

const sizes: ReadonlyMap<string, number> = new Map(
  ["B", "KB", "MB", "GB", "TB"].map((unit, power) => [unit, 1024 ** power]),
);

const second = 1000;
const day = 24 * 3600 * second;
const ages: ReadonlyMap<string, number> = new Map([
  ["s", second],
  ["m", 60 * second],
  ["h", 3600 * second],
  ["d", day],
  ["w", 7 * day],
]);
