import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, type Redactor, revealer } from "#core/secrets";
import { base64Of } from "../../../core/secrets/base64.ts";
import { formsOf } from "../../../core/secrets/forms.ts";

const mark = "m4rk";
const value = 'p@ss "w/örd"+1';

function redactorOf(secret: string): Redactor {
  return redactorFor({ TOKEN: secret });
}

function redactorFor(secrets: Readonly<Record<string, string>>): Redactor {
  return createRedactor(mark, Object.entries(secrets));
}

const redactorForms = { base64url: Buffer.from(`xy${value}>>>???`).toString("base64url") };

/** Long enough to be a secret, of any characters. */
const secrets = fc.string({ unit: "grapheme", minLength: 4, maxLength: 40 });

describe("what is taken out", () => {
  test("each form of a value, wherever it stands", () => {
    const { text } = redactorOf(value);
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
    const { text } = redactorOf(written);
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
    const { text } = redactorOf(written);
    const { host, hostname } = new URL(address);
    expect(text(`${host} cannot be reached.`)).toBe("⟦secret:TOKEN:host:m4rk⟧ cannot be reached.");
    expect(text(`ENOTFOUND ${hostname}`)).toMatch(/^ENOTFOUND ⟦secret:TOKEN:host(\+name)?:m4rk⟧$/);
  });

  test("no host that is the beginning of many, and none of an address", () => {
    expect(redactorOf("local/abcdefgh").text("local")).toBe("local");
    expect(redactorOf("https://hooks.example.com/T0/B0").text("https://x")).toBe("https://x");
  });

  test("JSON in JSON", () => {
    const { text } = redactorOf(value);
    expect(text(JSON.stringify(JSON.stringify(value)))).toBe('"\\"⟦secret:TOKEN:json+json:m4rk⟧\\""');
  });

  test("the beginning of a value in a text cut short, and nothing else before an ellipsis", () => {
    const { text } = redactorOf(value);
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
        expect(redactorOf(value).text(encoded), before + after).toContain("⟦secret:TOKEN:base64");
      }
    }
  });

  test("keys, numbers and what lies deep; other values stay what they are", () => {
    const told = redactorOf("12345").value({ "12345": [12345, 1.5, true, null, { deep: "x12345x" }] });
    const marker = "⟦secret:TOKEN:plain:m4rk⟧";
    expect(told).toEqual({ [marker]: [marker, 1.5, true, null, { deep: `x${marker}x` }] });
  });

  test("hexadecimal digits, base64 for addresses, JSON as Python and PHP write it, base64 in lines", () => {
    const { text } = redactorOf(value);
    const bytes = Buffer.from(`x${value}>>>`);
    const told = (given: string): string | undefined =>
      /⟦secret:TOKEN:([a-z0-9+]+):m4rk⟧/.exec(text(given))?.[1];
    expect(told(bytes.toString("hex"))).toBe("hex");
    expect(told(bytes.toString("hex").toUpperCase())).toBe("hex+upper");
    expect(told(redactorForms.base64url)).toMatch(/^base64/);
    expect(told('"p@ss \\"w/\\u00f6rd\\"+1"')).toBe("json+ascii");
    expect(told('"p@ss \\"w\\/örd\\"+1"')).toBe("json+slash");
    const long = "0123456789".repeat(12);
    const lines = Buffer.from(long).toString("base64").replaceAll(/.{76}/g, "$&\n").split("\n");
    const wrapped = redactorOf(long);
    for (const line of lines)
      expect(wrapped.text(`${line}\n`)).toMatch(/^⟦secret:TOKEN:base64\+w76\+\d:m4rk⟧\n$/);
  });

  test("markers stay whole, whatever the secrets are", () => {
    const names = { secret: "secret", plain: "plain", TOKEN: "TOKEN", cut: "m4rk" };
    const { text, reveal } = redactorFor(names);
    const once = text("secret plain TOKEN m4rk");
    expect(once).toBe(
      Object.keys(names)
        .map((name) => `⟦secret:${name}:plain:m4rk⟧`)
        .join(" "),
    );
    expect(text(once)).toBe(once);
    expect(text("[secret plain]")).toBe("[secret plain]");
    expect(reveal(once)).toBe("secret plain TOKEN m4rk");
  });

  test("nothing from a value that has no secret: it is the very same", () => {
    const given = { a: [1, "x", { b: null }], c: "⟦" };
    expect(redactorOf(value).value(given)).toBe(given);
    expect(createRedactor(mark).value(given)).toBe(given);
  });

  test("the lines of a key by themselves", () => {
    const key = "-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----\n";
    expect(redactorOf(key).text("  abcdefghijkl\r\n")).toBe("  ⟦secret:TOKEN:line+1:m4rk⟧\r\n");
  });

  test("of two secrets that begin at one place the longer", () => {
    const { text } = redactorFor({ SHORT: "abcd", LONG: "abcdef" });
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
        const redactor = redactorOf(secret);
        const reveal = revealer(new Map([["TOKEN", secret]]), mark);
        for (const [, form] of formsOf(secret)) {
          const text = before + form + after;
          fc.pre(!text.includes("⟦"));
          const told = redactor.text(text);
          expect(told).toContain("⟦secret:TOKEN:");
          expect(reveal(told)).toBe(text);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("of several secrets none comes out in any form, and what has none stays as it is", () => {
    const several = fc.uniqueArray(secrets, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        several,
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        fc.string(),
        (values, picks, filler) => {
          const redactor = createRedactor(
            mark,
            values.map((each, index) => [`S${index}`, each]),
          );
          const forms = values.flatMap((each) => [...formsOf(each).values()]);
          const text = picks.map((pick) => forms[pick % forms.length] ?? "").join(` ${filler} `);
          // What a marker itself is made of is no secret that came out.
          const told = redactor.text(text).replaceAll(/⟦secret:S\d:[a-z0-9+]+:m4rk⟧/g, "\0");
          for (const form of forms) expect(told).not.toContain(form);
          const stream = redactor.stream();
          expect(Array.from(text, (unit) => stream.take(unit)).join("") + stream.end()).toBe(
            redactor.text(text),
          );
          if (!forms.some((form) => filler.includes(form))) expect(redactor.text(filler)).toBe(filler);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  test("a stream tells what the whole text tells, however it is cut", () => {
    const piece = fc.oneof(fc.constantFrom(...formsOf("abcab"), "abcab", "abca", "ab", "c"), fc.string());
    fc.assert(
      fc.property(fc.array(piece), fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (pieces, sizes) => {
        const text = pieces.flat().join("");
        const { text: whole, stream } = redactorOf("abcab");
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
