import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentHash } from "#core/journal";
import { anyText } from "../../support/any-text.ts";

describe("contentHash", () => {
  test("is 22 characters of base64url, the same for the same text, in every version", () => {
    expect(contentHash("")).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect([contentHash("{}"), contentHash('{"a":1}'), contentHash('"Grüße 😀"')]).toEqual([
      "STH3cIltUEDgwLE4kSOYNA",
      "I-8OubFDb89kgAVoUphWrw",
      "segg6lREU_jITvUYU0QruA",
    ]);
  });

  test("stays the same for long texts, of which pieces are read in other ways", () => {
    const digits = "0123456789".repeat(7000);
    expect([
      contentHash("The quick brown fox. ".repeat(50)),
      contentHash("0123456789".repeat(20_000)),
      contentHash(`${digits}ü😀${digits}`),
      contentHash("ü".repeat(150)),
    ]).toEqual([
      "0bX4KcQwZYaF0M7BIf-Zzw",
      "YN8v7RB_B00EB3uahoOtcw",
      "gRfA6FqfXD_WkA26TEp6IQ",
      "kZ8OG3X15a4PiBg73Q5msQ",
    ]);
  });

  test("no two of 100,000 similar texts meet", () => {
    const seen = new Set<string>();
    for (let n = 0; n < 50_000; n++) {
      seen.add(contentHash(`{"id":${n},"text":"same"}`));
      seen.add(contentHash(`${n}`));
    }
    expect(seen.size).toBe(100_000);
  });

  test("texts that differ in one character, in length or in a trailing zero unit differ", () => {
    fc.assert(
      fc.property(anyText(60), fc.nat(), fc.integer({ min: 1, max: 0xffff }), (text, at, flip) => {
        const place = text.length === 0 ? 0 : at % text.length;
        const other =
          text.slice(0, place) +
          String.fromCharCode((text.charCodeAt(place) || 0) ^ flip) +
          text.slice(place + 1);
        if (other !== text) expect(contentHash(other)).not.toBe(contentHash(text));
        expect(contentHash(`${text}\u0000`)).not.toBe(contentHash(text));
        expect(contentHash(text + text)).not.toBe(text === "" ? "" : contentHash(text));
      }),
      { seed: 20260101, numRuns: 500 },
    );
  });

  test("every bit of the address depends on every part of the text", () => {
    const flips = Array.from({ length: 22 }, () => 0);
    for (let n = 0; n < 2000; n++) {
      const before = contentHash(`text number ${n} with some length`);
      const after = contentHash(`text number ${n} with some lengtH`);
      for (let place = 0; place < 22; place++)
        if (before[place] !== after[place]) flips[place] = (flips[place] ?? 0) + 1;
    }
    // A digit of 6 bits stays the same by chance 1 time in 64; the last has 2 bits.
    for (const count of flips.slice(0, 21)) expect(count).toBeGreaterThan(1900);
    expect(flips[21]).toBeGreaterThan(1350);
  });
});
