import { EventEmitter } from "node:events";
import type { Writable } from "node:stream";

/**
 * What is written in one turn goes out as one text: each write wakes the client, which costs more than what it says.
 * Errors of the stream are its own.
 */
export class TurnWriter extends EventEmitter implements NodeJS.WritableStream {
  readonly writable = true;
  readonly #output: Writable;
  #held = "";

  constructor(output: Writable) {
    super();
    this.#output = output;
    output.on("error", (error) => this.emit("error", error));
  }

  write(text: string | Uint8Array): boolean {
    if (this.#held === "") setImmediate(() => this.flush());
    this.#held += typeof text === "string" ? text : Buffer.from(text).toString("utf8");
    return true;
  }

  /** Writes what is held: before the stream or the process ends, which would not wait for it. */
  flush(): void {
    const text = this.#held;
    if (text === "") return;
    this.#held = "";
    this.#output.write(text);
  }

  end(): this {
    this.flush();
    this.#output.end();
    return this;
  }
}
