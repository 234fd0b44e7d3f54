import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64Of } from "../../../../core/components/secrets/base64.ts";
import { createBlotter } from "../../../../core/components/secrets/blotter.ts";
import { formsOf } from "../../../../core/components/secrets/forms.ts";
import { revealer } from "../../../../core/components/secrets/reveal.ts";

const mark = "m4rk";
const value = 'p@ss "w/örd"+1';

function blotterOf(secret: string): ReturnType<typeof createBlotter> {
  return createBlotter(new Map([["TOKEN", secret]]), mark);
}

/** Long enough to be a secret, of any characters. */
const secrets = fc.string({ unit: "grapheme", minLength: 4, maxLength: 40 });

describe("what is blotted out", () => {
  test("each form of a value, wherever it stands", () => {
    const { text } = blotterOf(value);
    const told = text(
      [
        value,
        JSON.stringify({ a: value }),
        encodeURIComponent(value),
        Buffer.from(value).toString("base64"),
      ].join(" "),
    );
    expect(told).toBe(
      '⟦secret:TOKEN:plain:m4rk⟧ {"a":"⟦secret:TOKEN:json:m4rk⟧"} ⟦secret:TOKEN:url:m4rk⟧ ⟦secret:TOKEN:base64:m4rk⟧',
    );
  });

  test("what a parser of addresses makes of a value put in as it is", () => {
    const written = 'p@ss "w/örd"+\'`{1}';
    const { text } = blotterOf(written);
    const address = new URL("http://host/");
    address.pathname = `/a/${written}`;
    address.search = `q=${written}`;
    address.hash = written;
    address.username = written;
    const { pathname, search, hash, username } = address;
    const quoted = encodeURIComponent(written).replaceAll("'", "%27");
    const others = [quoted, quoted.toLowerCase(), quoted.replaceAll("%2F", "/")];
    for (const encoded of [pathname, search, hash, username, ...others])
      expect(text(encoded), encoded).toMatch(/^(\/a\/|\?q=|#)?⟦secret:TOKEN:[a-z+]+:m4rk⟧$/);
  });

  test.each([
    ["S3cr3tToken/abc", "https://S3cr3tToken/abc@api.example.com/"],
    ["S3cr3tToken#1", "https://S3cr3tToken#1@api.example.com/"],
    ["user@S3cr3tToken?x", "https://user@S3cr3tToken?x@api.example.com/"],
    ["S3cr3tToken:8080/x", "https://S3cr3tToken:8080/x@api.example.com/"],
    ["S3cr3tToken", "https://S3cr3tToken/v1"],
  ])("the host that a parser of addresses makes of %j", (written, address) => {
    const { text } = blotterOf(written);
    const { host, hostname } = new URL(address);
    expect(text(`${host} cannot be reached.`)).toBe("⟦secret:TOKEN:host:m4rk⟧ cannot be reached.");
    expect(text(`ENOTFOUND ${hostname}`)).toMatch(/^ENOTFOUND ⟦secret:TOKEN:host(\+name)?:m4rk⟧$/);
  });

  test("no host that is the beginning of many, and none of an address", () => {
    expect(blotterOf("local/abcdefgh").text("local")).toBe("local");
    expect(blotterOf("https://hooks.example.com/T0/B0").text("https://x")).toBe("https://x");
  });

  test("JSON in JSON", () => {
    const { text } = blotterOf(value);
    expect(text(JSON.stringify(JSON.stringify(value)))).toBe('"\\"⟦secret:TOKEN:json+json:m4rk⟧\\""');
  });

  test("the beginning of a value in a text cut short, and nothing else before an ellipsis", () => {
    const { text } = blotterOf(value);
    const marker = "⟦secret:TOKEN:cut:m4rk⟧";
    expect(text(`data is "x${value.slice(0, 9)}…" and … "${value.slice(0, 4)}…"`)).toBe(
      `data is "x${marker}…" and … "${marker}…"`,
    );
    for (const told of ["…", "p@s…", "other …p@ss", `${value.slice(1, 9)}…`]) expect(text(told)).toBe(told);
    expect(revealer(new Map([["TOKEN", value]]), mark)(marker)).toBe("[secret TOKEN]");
  });

  test("base64 of a longer text that has it inside, at any place", () => {
    for (const before of ["", "u", "us", "use", "user:"]) {
      for (const after of ["", ":", "::", ":::"]) {
        const encoded = Buffer.from(before + value + after).toString("base64");
        expect(blotterOf(value).text(encoded), before + after).toContain("⟦secret:TOKEN:base64");
      }
    }
  });

  test("keys, numbers and what lies deep; other values stay what they are", () => {
    const told = blotterOf("12345").value({ "12345": [12345, 1.5, true, null, { deep: "x12345x" }] });
    const marker = "⟦secret:TOKEN:plain:m4rk⟧";
    expect(told).toEqual({ [marker]: [marker, 1.5, true, null, { deep: `x${marker}x` }] });
  });

  test("the lines of a key by themselves", () => {
    const key = "-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----\n";
    expect(blotterOf(key).text("  abcdefghijkl\r\n")).toBe("  ⟦secret:TOKEN:line+1:m4rk⟧\r\n");
  });

  test("of two secrets that begin at one place the longer", () => {
    const { text } = createBlotter(
      new Map([
        ["SHORT", "abcd"],
        ["LONG", "abcdef"],
      ]),
      mark,
    );
    expect(text("abcdef abcd")).toBe("⟦secret:LONG:plain:m4rk⟧ ⟦secret:SHORT:plain:m4rk⟧");
  });
});

describe("laws", () => {
  test("base64 is base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      }),
      { seed: 1 },
    );
  });

  test("no form of a secret is left, and it can be put back", () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const blotter = blotterOf(secret);
        const reveal = revealer(new Map([["TOKEN", secret]]), mark);
        for (const [, form] of formsOf(secret)) {
          const text = before + form + after;
          fc.pre(!text.includes("⟦"));
          const told = blotter.text(text);
          expect(told).toContain("⟦secret:TOKEN:");
          expect(reveal(told)).toBe(text);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("a stream tells what the whole text tells, however it is cut", () => {
    const piece = fc.oneof(fc.constantFrom(...formsOf("abcab"), "abcab", "abca", "ab", "c"), fc.string());
    fc.assert(
      fc.property(fc.array(piece), fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (pieces, sizes) => {
        const text = pieces.flat().join("");
        const { text: whole, stream } = blotterOf("abcab");
        const cut = stream();
        let told = "";
        for (let at = 0; at < text.length; ) {
          const size = sizes.next().value ?? 1;
          told += cut.take(text.slice(at, at + size));
          at += size;
        }
        expect(told + cut.end()).toBe(whole(text));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe("markers", () => {
  test("another run's, one of a secret that may not be read, and one made up, give no value", () => {
    const reveal = revealer(new Map([["TOKEN", value]]), mark);
    expect(reveal("⟦secret:TOKEN:plain:other⟧")).toBe("⟦secret:TOKEN:plain:other⟧");
    expect(reveal("⟦secret:TOKEN:plain⟧")).toBe("⟦secret:TOKEN:plain⟧");
    // The mark itself must not get out either.
    expect(reveal({ a: ["⟦secret:OTHER:plain:m4rk⟧ ⟦secret:TOKEN:rot13:m4rk⟧"] })).toEqual({
      a: ["[secret OTHER] [secret TOKEN]"],
    });
  });
});
