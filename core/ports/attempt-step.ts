import type { ModelRequest, ModelUsage } from "./stage-attempt.ts";

/** Where within an attempt at a stage that asks a model it may be held. */
export type AttemptStep =
  /** The prompts are rendered, and the call is about to be made. */
  | { readonly kind: "rendered"; readonly request: ModelRequest }
  /** A part of the answer has come; `text` is all of it so far. */
  | { readonly kind: "streaming"; readonly request: ModelRequest; readonly text: string }
  /** The answer is there, and is about to be made the output. `text` is null where only its record is left, without it. */
  | {
      readonly kind: "answered";
      readonly request: ModelRequest;
      readonly text: string | null;
      readonly finishReason: string;
      readonly usage: ModelUsage;
    };

/** How an attempt is looked into on its way. An executor that cannot be looked into does without. */
export interface AttemptSteps {
  /** Asked at each step. Undefined lets the attempt go on at once, a promise holds it until it resolves. */
  at(step: AttemptStep): Promise<void> | undefined;
  /**
   * Says how the answer that is coming can be cut off, so that what has come is all of it; null once it is there. The
   * function gives false where nothing has come.
   */
  answering(cutOff: (() => boolean) | null): void;
  /** Milliseconds so far in which the attempt was held: they count for none of its limits. */
  heldMs(): number;
}
