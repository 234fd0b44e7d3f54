/** A picture that a text holds. */
export interface TextImage {
  /** Its media type. */
  readonly type: string;
  readonly bytes: number;
  readonly base64: string;
}

const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"] as const;

/** How the base64 of a picture begins. */
const beginnings: readonly (readonly [string, (typeof TYPES)[number]])[] = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lGODdh", "image/gif"],
  ["R0lGODlh", "image/gif"],
  ["UklGR", "image/webp"],
  ["PHN2Zy", "image/svg+xml"],
  ["PD94bWwg", "image/svg+xml"],
];

/** Characters in which a text says that it is a picture. */
const HEAD = 400;

/** Fewer characters are no picture, however they begin. */
const SHORTEST = 32;

/** The picture in a data URL, whichever way that is written, or in the base64 of one, or an SVG as it is; null for any other text. */
export function imageIn(text: string): TextImage | null {
  const head = text.slice(0, HEAD).trimStart();
  if (isSvg(head)) return fromBytes("image/svg+xml", Buffer.from(text.trimStart(), "utf8"));
  if (head.startsWith("data:")) return inDataUrl(head, text);
  if (text.length < SHORTEST) return null;
  const known = beginnings.find(([beginning]) => head.startsWith(beginning));
  if (known === undefined) return null;
  // Of RIFF files only some are pictures.
  if (
    known[1] === "image/webp" &&
    Buffer.from(head.slice(0, 16), "base64").toString("latin1", 8, 12) !== "WEBP"
  )
    return null;
  // XML is more than pictures.
  if (known[0] === "PD94bWwg" && !isSvg(Buffer.from(head, "base64").toString("utf8"))) return null;
  return fromBase64(known[1], text);
}

/** Whether it begins as an SVG, which may say first that it is XML. */
function isSvg(head: string): boolean {
  return /^(<\?xml\s[^>]*>\s*)?<svg[\s>]/.test(head);
}

function inDataUrl(head: string, text: string): TextImage | null {
  const [, written = "", more = ""] = /^data:([^;,]*)([^,]*),/.exec(head) ?? [];
  const type = TYPES.find((each) => each === (written === "image/jpg" ? "image/jpeg" : written));
  if (type === undefined) return null;
  const rest = text.slice(text.indexOf(",") + 1);
  if (more.endsWith(";base64")) return fromBase64(type, rest);
  // Anything else than text is written as base64.
  return type === "image/svg+xml" ? fromBytes(type, Buffer.from(unescaped(rest), "utf8")) : null;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // As browsers take it: a percent sign that escapes nothing stands for itself.
    return text;
  }
}

function fromBase64(type: string, text: string): TextImage | null {
  const base64 = text.trim();
  if (!/^[A-Za-z0-9+/\r\n]+={0,2}$/.test(base64)) return null;
  const digits = base64.replaceAll(/[\r\n=]/g, "");
  // Of one that was cut off the last digit may be no whole byte, and browsers would read none of it.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  const padded = whole.padEnd(Math.ceil(whole.length / 4) * 4, "=");
  return { type, bytes: Math.floor((whole.length * 3) / 4), base64: padded };
}

function fromBytes(type: string, bytes: Buffer): TextImage {
  return { type, bytes: bytes.length, base64: bytes.toString("base64") };
}
