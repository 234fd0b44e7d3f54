/** A body that is being read. */
export interface FrameBody {
  /** Bytes to come. */
  readonly missing: number;
  readonly parts: readonly Buffer[];
}

/** What the bytes at the beginning of a frame say. */
export type FrameHeader =
  | { readonly kind: "partial" }
  /** `bytes` of the header, with the empty line, and `length` of the body after it. */
  | { readonly kind: "whole"; readonly bytes: number; readonly length: number }
  | { readonly kind: "broken"; readonly reason: string };

/** Bytes of a message, at most: what a client asks takes a few, and an input that it launches with some thousands. */
const mostMessageBytes = 16 * 2 ** 20;
/** Bytes of a header, at most; the one that clients write has some twenty. */
const mostHeaderBytes = 4096;

const usualBeginning = Buffer.from("Content-Length: ");
const usualEnd = Buffer.from("\r\n\r\n");
const usualDigits = 8;

/**
 * Reads the header that clients write; null for any other, and for one that {@link readAnyHeader} refuses. Byte by byte,
 * since every message has one, and a text and an expression for it cost as much as reading a small message.
 */
function readUsualHeader(bytes: Buffer): FrameHeader | null {
  if (!startsWith(bytes, usualBeginning, 0)) return null;
  let at = usualBeginning.length;
  let length = 0;
  for (let digit = digitAt(bytes, at); digit !== null; digit = digitAt(bytes, at)) {
    length = length * 10 + digit;
    if (length > mostMessageBytes) return null;
    at += 1;
  }
  const digits = at - usualBeginning.length;
  if (digits === 0 || digits > usualDigits || !startsWith(bytes, usualEnd, at)) return null;
  return { kind: "whole", bytes: at + usualEnd.length, length };
}

function startsWith(bytes: Buffer, expected: Buffer, from: number): boolean {
  for (let at = 0; at < expected.length; at++) if (bytes[from + at] !== expected[at]) return false;
  return true;
}

function digitAt(bytes: Buffer, at: number): number | null {
  const digit = (bytes[at] ?? 0) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : null;
}

/** Reads a header as soon as it can be told that it is one or is none, so that nobody waits for what cannot come. */
export function readHeader(bytes: Buffer): FrameHeader {
  return readUsualHeader(bytes) ?? readAnyHeader(bytes);
}

/** The same for every header; {@link readHeader} is faster for the usual one. */
export function readAnyHeader(bytes: Buffer): FrameHeader {
  const text = bytes.toString("latin1", 0, mostHeaderBytes);
  const end = text.indexOf("\r\n\r\n");
  const lines = (end < 0 ? text : text.slice(0, end)).split("\r\n");
  for (const [index, line] of lines.entries()) {
    const isWhole = end >= 0 || index < lines.length - 1;
    if (!(isWhole ? /^[\w-]+:[^\n]*$/ : /^[\w-]*(:[^\n]*)?$/).test(line))
      return broken("what should be a header is none");
  }
  if (end < 0) return bytes.length < mostHeaderBytes ? { kind: "partial" } : broken("a header has no end");
  const written = lines.flatMap((line) => /^content-length: *([^ ]*) *$/i.exec(line)?.[1] ?? []);
  const [length = ""] = written;
  if (written.length === 0) return broken("a header has no Content-Length");
  if (written.length > 1 || !/^\d{1,15}$/.test(length))
    return broken("a Content-Length is no number of bytes");
  if (Number(length) > mostMessageBytes)
    return broken(`a Content-Length is over the ${mostMessageBytes} bytes that a message may have`);
  return { kind: "whole", bytes: end + 4, length: Number(length) };
}

function broken(reason: string): FrameHeader {
  return { kind: "broken", reason };
}
