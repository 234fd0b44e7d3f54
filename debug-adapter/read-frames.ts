import type { DebugProtocol } from "@vscode/debugprotocol";
import { type FrameBody, readHeader } from "./frame-header.ts";

/** What is heard of a client's side of the wire. */
export interface FrameListener {
  readonly message: (message: DebugProtocol.ProtocolMessage) => void;
  /** A whole frame that holds no message: it is passed over, and what comes next can be read. */
  readonly refused: (reason: string) => void;
  /** Where the next frame begins cannot be told: nothing more is read. */
  readonly lost: (reason: string) => void;
  /** The stream is at its end. */
  readonly closed: () => void;
}

/** Reads what a client of the Debug Adapter Protocol sends: frames of a header and as many bytes as it says. */
export function readFrames(input: NodeJS.ReadableStream, listener: FrameListener): void {
  let head: Buffer = Buffer.alloc(0);
  let body: FrameBody | null = null;
  let isLost = false;

  const lose = (reason: string): void => {
    isLost = true;
    head = Buffer.alloc(0);
    body = null;
    listener.lost(reason);
  };

  /** Takes bytes of a header in; gives those after it. */
  const takeHead = (bytes: Buffer): Buffer | null => {
    head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
    const header = readHeader(head);
    switch (header.kind) {
      case "partial":
        return null;
      case "broken":
        lose(header.reason);
        return null;
      case "whole": {
        const rest = head.subarray(header.bytes);
        head = Buffer.alloc(0);
        body = { missing: header.length, parts: [] };
        return rest;
      }
    }
  };

  /** Takes bytes of a body in; gives those after it. */
  const takeBody = (open: FrameBody, bytes: Buffer): Buffer => {
    const part = bytes.subarray(0, open.missing);
    const parts = [...open.parts, part];
    const missing = open.missing - part.length;
    body = missing > 0 ? { missing, parts } : null;
    if (missing === 0) deliver((parts.length === 1 ? part : Buffer.concat(parts)).toString("utf8"), listener);
    return bytes.subarray(part.length);
  };

  input.on("data", (bytes: Buffer) => {
    let rest: Buffer | null = bytes;
    while (rest !== null && !isLost && (rest.length > 0 || body?.missing === 0))
      rest = body === null ? takeHead(rest) : takeBody(body, rest);
  });
  input.on("close", () => {
    if (head.length > 0 || body !== null) lose("it ended in the middle of a message");
    listener.closed();
  });
  input.on("error", () => listener.closed());
  input.resume();
}

function deliver(text: string, { message, refused }: FrameListener): void {
  const read = messageIn(text);
  if (typeof read === "string") refused(read);
  else message(read);
}

/** The message, or why it is none. What it says is not quoted: it may hold secrets that no run knows yet. */
function messageIn(text: string): DebugProtocol.ProtocolMessage | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return `${Buffer.byteLength(text)} bytes that are not JSON`;
  }
  if (typeof json !== "object" || json === null) return "JSON that is no object";
  const { type, seq, command } = json as Partial<DebugProtocol.Request>;
  if (type === "request" && !(Number.isSafeInteger(seq) && typeof command === "string"))
    return 'a request without a number "seq" and a text "command"';
  if (type !== "request" && type !== "response" && type !== "event")
    return 'an object whose "type" is not request, response or event';
  return json as DebugProtocol.ProtocolMessage;
}
