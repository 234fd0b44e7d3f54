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
];

/** Fewer characters are no picture, however they begin. */
const SHORTEST = 32;

/** The picture in a data URL, or in the base64 of one, or an SVG as it is; null for any other text. */
export function imageIn(text: string): TextImage | null {
  const head = text.slice(0, 200).trimStart();
  if (/^<svg[\s>]/.test(head)) return fromBytes("image/svg+xml", Buffer.from(text, "utf8"));
  if (head.startsWith("data:")) {
    const type = TYPES.find((each) => head.startsWith(`data:${each};base64,`));
    return type === undefined ? null : fromBase64(type, text.slice(text.indexOf(",") + 1));
  }
  if (text.length < SHORTEST) return null;
  const known = beginnings.find(([beginning]) => head.startsWith(beginning));
  if (known === undefined) return null;
  // Of RIFF files only some are pictures.
  if (
    known[1] === "image/webp" &&
    Buffer.from(head.slice(0, 16), "base64").toString("latin1", 8, 12) !== "WEBP"
  )
    return null;
  return fromBase64(known[1], text);
}

function fromBase64(type: string, text: string): TextImage | null {
  const base64 = text.trim();
  if (!/^[A-Za-z0-9+/\r\n]+={0,2}$/.test(base64)) return null;
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  const plain = base64.replaceAll(/[\r\n]/g, "");
  return { type, bytes: Math.floor((plain.length * 3) / 4) - padding, base64: plain };
}

function fromBytes(type: string, bytes: Buffer): TextImage {
  return { type, bytes: bytes.length, base64: bytes.toString("base64") };
}
