import type { ModelRequest, ModelResult } from "#core/ports";
import type { Call } from "./implementation.ts";

/** Why an answer ended that a person cut off. */
export const CUT_OFF = "cut-off-by-hand";

/**
 * Makes a call of a model and tells of its answer as it comes. Where the attempt is looked into, it can be held in the
 * midst of it: what comes meanwhile is kept and told afterwards. What is cut off is an answer of what was told.
 */
export async function hearAnswer(
  { steps, emit, ports }: Call<unknown>,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelResult> {
  const tell = (text: string): void => emit({ kind: "delta", channel: "output", text });
  if (steps === undefined) return await ports.models.generate(request, tell, signal);
  const cut = new AbortController();
  let heard = "";
  let kept = "";
  let held: Promise<void> | undefined;
  const hear = (text: string): void => {
    if (cut.signal.aborted) return;
    if (held !== undefined) {
      kept += text;
      return;
    }
    heard += text;
    tell(text);
    held = steps.at({ kind: "streaming", request, text: heard })?.then(() => {
      held = undefined;
      const more = kept;
      kept = "";
      if (more !== "") hear(more);
    });
  };
  const begun = ports.clock.monotonic();
  const isCut = new Promise<"cut">((resolve) => {
    cut.signal.addEventListener("abort", () => resolve("cut"), { once: true });
  });
  steps.answering(() => {
    if (heard === "") return false;
    cut.abort();
    return true;
  });
  const asked = ports.models.generate(request, hear, AbortSignal.any([signal, cut.signal]));
  const result = await Promise.race([asked, isCut]);
  // Whoever looks at a part of the answer may still cut it off when all of it has come.
  while (held !== undefined && !cut.signal.aborted) await Promise.race([held, isCut]);
  steps.answering(null);
  if (result !== "cut" && !cut.signal.aborted) return result;
  const message = `The answer was cut off by hand after ${heard.length} characters: what had come is all of it.`;
  emit({ kind: "log", level: "warning", message });
  return {
    ok: true,
    text: heard,
    finishReason: CUT_OFF,
    usage: {
      provider: request.provider,
      // The provider has not said which one its default is.
      model: request.model ?? "default",
      inputTokens: null,
      outputTokens: null,
      durationMs: Math.round(ports.clock.monotonic() - begun),
    },
  };
}
