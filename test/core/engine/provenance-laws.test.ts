import fc from "fast-check";
import { expect, test } from "vitest";
import { cases } from "../../support/soak.ts";
import { pipelineOf, stage } from "./support/index.ts";
import { at as address, lines, ran, traced } from "./support/traced-run.ts";

/** How a field of a stage is written: by itself, as another's, or with others' in it. */
type Written =
  | { readonly kind: "itself" }
  | { readonly kind: "passed"; readonly from: Field }
  | { readonly kind: "computed"; readonly from: readonly Field[] };

/** A field of a stage, counted back from the one that names it. */
interface Field {
  readonly back: number;
  readonly key: "a" | "b";
}

const field: fc.Arbitrary<Field> = fc.record({ back: fc.nat(9), key: fc.constantFrom("a", "b") });
const written: fc.Arbitrary<Written> = fc.oneof(
  fc.constant({ kind: "itself" } as const),
  fc.record({ kind: fc.constant("passed" as const), from: field }),
  fc.record({
    kind: fc.constant("computed" as const),
    from: fc.array(field, { minLength: 1, maxLength: 3 }),
  }),
);

test("TT-15 however values are passed on, each is followed to where it was written or computed, and to what of", async () => {
  const stages = fc.array(fc.record({ a: written, b: written }), { minLength: 1, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(stages, async (list) => {
      const nameOf = (at: number, { back, key }: Field): string =>
        `s${at - 1 - (back % at)}.passthrough.${key}`;
      const textOf = (at: number, key: string, how: Written): string => {
        if (how.kind === "itself" || at === 0) return `${key} of s${at}`;
        if (how.kind === "passed") return `{{upstream.${nameOf(at, how.from)}}}`;
        return how.from.map((from) => `- {{${nameOf(at, from)}}}`).join(" ");
      };
      /** The lines of a trace, told from how the pipeline is written alone. */
      const expected = (at: number, key: "a" | "b"): readonly string[] => {
        const how = list[at]?.[key];
        if (how === undefined) throw new Error(`There is no stage ${at}.`);
        const place = `s${at}.passthrough.${key}`;
        const first = `${place}: passed on as it is`;
        const text = textOf(at, key, how);
        if (how.kind === "itself" || at === 0) return [first, `inputs of ${place}: written in the file`];
        if (how.kind === "computed")
          return [
            first,
            `inputs of ${place}: computed by ${text}`,
            ...new Set(how.from.map((from) => `of ${nameOf(at, from)}`)),
          ];
        const before = at - 1 - (how.from.back % at);
        return [first, `inputs of ${place}: passed on by ${text}`, ...expected(before, how.from.key)];
      };
      const run = await ran(
        pipelineOf(
          ...list.map(({ a, b }, at) =>
            stage(`s${at}`, "logger", {
              message: "m",
              passthrough: { a: textOf(at, "a", a), b: textOf(at, "b", b) },
            }),
          ),
        ),
      );
      for (const at of list.keys())
        for (const key of ["a", "b"] as const) {
          const trace = traced(run, {
            kind: "output",
            address: address(`s${at}`),
            path: ["passthrough", key],
          });
          // Texts grow with what is computed of computed ones; long ones are cut where they are told.
          if (trace.steps.some(({ cause }) => "text" in cause && cause.text.length > 120)) continue;
          expect(lines(trace)).toEqual(expected(at, key));
          const [value] = trace.steps.map((step) => step.value);
          expect(trace.steps.every((step) => step.value === value)).toBe(true);
        }
    }),
    { seed: 20261128, numRuns: cases(40, 10_000) },
  );
});
