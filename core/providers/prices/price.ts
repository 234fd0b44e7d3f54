import * as z from "zod";

const perMillion = z.number().min(0);

/** What a model costs, in US dollars for a million tokens. */
export const priceSchema = z.strictObject({
  input: perMillion.describe("Tokens of the question."),
  output: perMillion.describe("Tokens of the answer."),
  cached: perMillion
    .optional()
    .describe("Tokens of the question that the provider has in its cache; as input without it."),
  cache_write: perMillion
    .optional()
    .describe("Tokens of the question that it puts into its cache; as input without it."),
});

/** `prices` of flowmason.json: `provider/model`, or `provider/*` for all others of that provider, and the price. */
export const pricesSchema = z.record(
  z
    .string()
    .regex(/^[^/]+\/.+$/, { error: "Write it as provider/model, or provider/* for all of its models" }),
  priceSchema,
);

/** @see {@link priceSchema} */
export type Price = z.infer<typeof priceSchema>;

/** @see {@link pricesSchema} */
export type PriceSettings = z.infer<typeof pricesSchema>;

/** The price of a call: it can depend on how much was asked. */
export interface ListedPrice extends Price {
  /** What a call costs whose question has more tokens than this. */
  readonly over?: Price & { readonly tokens: number };
}
