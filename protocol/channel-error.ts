import type { ChannelErrorCode } from "./envelope.ts";

/** The only error a request rejects with. `message` is fit for a person. */
export class ChannelError extends Error {
  readonly code: ChannelErrorCode;

  constructor(code: ChannelErrorCode, message: string) {
    super(message);
    this.name = "ChannelError";
    this.code = code;
  }
}
