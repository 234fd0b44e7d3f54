import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import { type Redactor, redactedTexts } from "#core/secrets";

type Style = Parameters<typeof styleText>[0];

/** What a command sees of the world: where it is, what it may say and where, and when it has to stop. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** Whether a person sits there: input and messages are a screen and a keyboard. */
  readonly isInteractive: boolean;
  /** Results, and nothing else. */
  readonly out: Channel;
  /** Progress and messages. */
  readonly err: Channel;
  /** Stands before both. */
  readonly redaction: Redaction;
  /** Aborts at the first Ctrl+C. */
  readonly interrupted: AbortSignal;
}

/** What keeps secrets out of what is printed; there are none until a run says which it has. */
export interface Redaction {
  /** Keeps what this one knows out too; a debug adapter on a port has one for each session. */
  readonly by: (redactor: Redactor) => void;
  readonly text: Redactor["text"];
  /** Of a document, what is text in it. */
  document(document: object): object;
}

/** Keeps out what all redactors that it is given know. */
export function createRedaction(): Redaction {
  const redactors: Redactor[] = [];
  return {
    by: (redactor) => void redactors.push(redactor),
    text: (text) => redactors.reduce((rest, redactor) => redactor.text(rest), text),
    document: (document) => redactors.reduce((rest, redactor) => redactedTexts(redactor, rest), document),
  };
}

/** A stream with its rules for colour, behind what keeps secrets out of it. */
export interface Channel {
  /** For what is no text. */
  readonly stream: Writable;
  write(text: string): void;
  /** Writes JSON. As a text it could lose its shape where a secret is taken out. */
  document(document: object): void;
  /** Whether it is a screen on which a line may be written over. */
  readonly isScreen: boolean;
  /** Shows a line below all that is written, in place of the one before; none for "", or where it is no screen. */
  status(text: string): void;
  /** The text with colour where the stream shows colour, else as it is. */
  style(style: Style, text: string): string;
}

/** A channel to a stream. NO_COLOR and FORCE_COLOR count before the question whether it is a screen. */
export function createChannel(
  stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
  redaction: Redaction,
): Channel {
  const isColoured = wantsColour(stream, env);
  const isScreen = canBeWrittenOver(stream, env);
  let status = "";
  let isShown = false;
  const taken = (): string => {
    const clear = isShown ? CLEAR_LINE : "";
    isShown = false;
    return clear;
  };
  const shown = (): string => {
    isShown = status !== "";
    // Some terminals say that they have none.
    return status.slice(0, (stream.columns || 80) - 1);
  };
  const write = (text: string): void => {
    stream.write(`${taken()}${text}${text.endsWith("\n") ? shown() : ""}`);
  };
  return {
    stream,
    write: (text) => write(redaction.text(text)),
    document: (document) => write(`${JSON.stringify(redaction.document(document), null, 2)}\n`),
    isScreen,
    status: (text) => {
      if (!isScreen || text === status) return;
      status = redaction.text(text);
      const line = `${taken()}${shown()}`;
      if (line !== "") stream.write(line);
    },
    style: (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** Text from a file as it may be shown: without the control characters that move a cursor or change a screen. */
export function printable(text: string): string {
  if (!/\p{Cc}/u.test(text)) return text;
  return Array.from(text, (char) => (isControl(char) ? "\ufffd" : char)).join("");
}

/** To the beginning of the line, with nothing left of it. */
const CLEAR_LINE = "\r\u001b[2K";

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (code < 0x20 && char !== "\n" && char !== "\t") || (code >= 0x7f && code <= 0x9f);
}

/** A log of CI may have a terminal, and keeps every line that was written over. */
function canBeWrittenOver(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const isCi = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb" && !isCi;
}

function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  return stream.isTTY === true && env["TERM"] !== "dumb";
}
