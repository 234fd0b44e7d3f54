/** Values of secrets by name, each hard in a way of its own. S8 is in .env, S9 is a provider's key; the rest is the environment's. */
export const planted: Readonly<Record<string, string>> = {
  S0: "sk-live-4f9aB2xQ7",
  S1: 'p@ss "w/örd"+1 \\ <&>',
  S2: "aaaaaaaaab",
  S3: "https://hooks.example.com/T0/B0?key=zzTop99",
  S4: "-----BEGIN KEY-----\nMIIEowIBAAKCAQEAx0\nq7Zb+/Yw3kTTu1==Lk9\n-----END KEY-----\n",
  S5: "naïve-ключ-鍵-🔑",
  S6: "tab\tand'quote`s{}|^",
  S7: "8675309864",
  S8: "from=the#file%20x",
  S9: "provider-key-7hGt5",
};

/**
 * What of a value would be a leak, by the ways it is written. Made by Node, and not by what is tested; parts that every
 * text around the value leaves as they are.
 */
export function leaksOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value).slice(1, -1);
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const within = [0, 1, 2].map((place) => {
    const whole = Buffer.concat([Buffer.alloc(place), bytes]);
    const first = Math.ceil((place * 4) / 3);
    return whole.toString("base64").slice(first, Math.floor((whole.length * 4) / 3));
  });
  return [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(value),
    form,
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...within,
    ...within.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    ...value.split("\n").filter((line) => line.length >= 12 && line !== value),
  ];
}

/** The source of a program that writes each secret of its environment in each form, in small pieces, to both streams. */
export const printer = `
import { writeSync } from "node:fs";
const values = Object.entries(process.env).filter(([name]) => /^S\\d$/.test(name)).map(([, value]) => value);
const forms = (value) => {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value);
  const basic = (user) => "Authorization: Basic " + Buffer.from(user + ":" + value).toString("base64");
  return [value, json, JSON.stringify(json), encodeURIComponent(value), new URLSearchParams({ v: value }).toString(),
    bytes.toString("hex"), bytes.toString("hex").toUpperCase(), bytes.toString("base64"), bytes.toString("base64url"),
    basic("u"), basic("us"), basic("use"), "https://u:" + encodeURIComponent(value) + "@example.com/"];
};
const text = values.flatMap(forms).join("\\n") + "\\n";
for (let at = 0, size = 1; at < text.length; at += size, size = (size % 3) + 1) {
  writeSync(1, text.slice(at, at + size));
  writeSync(2, text.slice(at, at + size));
}
`;
