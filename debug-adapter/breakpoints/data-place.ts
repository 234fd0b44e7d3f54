import * as z from "zod";

/** A key of an object or a position in a list. */
export type Step = string | number;

/** What a data breakpoint watches, in a pipeline's file; `path` is absolute. */
export type DataPlace =
  /** The output of a stage, or the inputs it gets, or what is at a path in them. */
  | {
      readonly kind: "output" | "inputs";
      readonly path: string;
      readonly stage: string;
      readonly steps: readonly Step[];
    }
  /** The pipeline's variables, or what is at a path in them: one of them, by its name. */
  | { readonly kind: "variable"; readonly path: string; readonly steps: readonly Step[] };

const steps = z.array(z.union([z.string(), z.int()]));
const place = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("output"), path: z.string(), stage: z.string(), steps }),
  z.object({ kind: z.literal("inputs"), path: z.string(), stage: z.string(), steps }),
  z.object({ kind: z.literal("variable"), path: z.string(), steps }),
]);

/** The place as clients know it. */
export function dataIdOf(data: DataPlace): string {
  return JSON.stringify(data);
}

/** Null for what is no id of ours. */
export function readDataId(id: string): DataPlace | null {
  try {
    return place.parse(JSON.parse(id));
  } catch {
    return null;
  }
}

/** A place in words: `draft.scores[0]`, `inputs of check.data`, `vars.total`. */
export function nameOf(data: DataPlace): string {
  const path = data.steps
    .map((step) =>
      typeof step === "number" ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join("");
  switch (data.kind) {
    case "output":
      return `${data.stage}${path}`;
    case "inputs":
      return `inputs of ${data.stage}${path}`;
    case "variable":
      return `vars${path}`;
  }
}
