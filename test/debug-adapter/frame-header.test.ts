import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnyHeader, readHeader } from "../../debug-adapter/frame-header.ts";

/** Pieces that headers are made of, in any order: most of what comes of them is nearly one. */
const nearlyHeader = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "Content-Length: ",
        "content-length:",
        "Content-Type: utf-8",
        "\r\n",
        "\r\n\r\n",
        "\n",
        " ",
        "0",
        "16777216",
        "16777217",
        "999999999999999",
        "{}",
      ),
      fc.nat(99_999).map(String),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => Buffer.from(pieces.join("")));

const usualHeader = fc
  .tuple(fc.nat(20_000_000), fc.string({ maxLength: 60 }))
  .map(([length, rest]) => Buffer.from(`Content-Length: ${length}\r\n\r\n${rest}`));

test("the usual header is read as any header is", () => {
  fc.assert(
    fc.property(fc.oneof(usualHeader, nearlyHeader), fc.nat(40), (bytes, cut) => {
      const some = bytes.subarray(0, cut === 0 ? bytes.length : cut);
      expect(readHeader(some)).toEqual(readAnyHeader(some));
    }),
    { seed: 34, numRuns: 2000 },
  );
});
