import type { Json } from "#core/ports";

/** Takes the values of secrets out of what is written down. */
export interface Hiding {
  value(value: Json): Json;
  text(text: string): string;
  /** The same for a text that comes in pieces, wherever they are cut: `take` gives what can be told by now, `end` the rest. */
  stream(): { take(piece: string): string; end(): string };
}
