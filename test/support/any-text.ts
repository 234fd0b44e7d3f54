import fc from "fast-check";

/** Texts of any code points, lone surrogates among them. fast-check's own takes more than a second to begin with. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: codePoint, maxLength });
}

const codePoint = fc
  .oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0x10_ff_ff }))
  .map((code) => String.fromCodePoint(code));
