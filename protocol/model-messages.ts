import * as z from "zod";

// A stage asks a model of VS Code's: an event from the adapter, answered by requests to it, in pieces. Which of them a
// client of the adapter has to send, docs/models.md says.

/** The version of this exchange. A client that answers names it in its launch request, as `modelRequests`. */
export const MODEL_REQUESTS_VERSION = 1;

const callId = z.string().min(1);

/** Custom DAP event from the adapter: a stage asks a model. */
export const modelRequestEvent = {
  name: "flowmason/modelRequest",
  body: z
    .object({
      version: z.literal(MODEL_REQUESTS_VERSION),
      /** What all that belongs to this call names; unique in the session. */
      id: callId,
      /** An id, `vendor/id`, a family or a name of a model; null: the first there is. */
      model: z.string().nullable(),
      messages: z
        .array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() }).readonly())
        .readonly(),
      temperature: z.number().exactOptional(),
      maxTokens: z.number().exactOptional(),
      topP: z.number().exactOptional(),
      stopSequences: z.array(z.string()).readonly().exactOptional(),
      /** The JSON Schema of the answer, which the messages ask for as well. */
      responseSchema: z.record(z.string(), z.unknown()).exactOptional(),
    })
    .readonly(),
} as const;

export type ModelRequestBody = z.infer<typeof modelRequestEvent.body>;

/** Custom DAP event from the adapter: the answer to a call is not waited for any more. */
export const modelCancelledEvent = {
  name: "flowmason/modelCancelled",
  body: z.object({ id: callId }).readonly(),
} as const;

/** Custom DAP request to the adapter: a piece of an answer. It fails when the call is not open. */
export const modelDeltaRequest = {
  name: "flowmason/modelDelta",
  arguments: z
    .object({
      id: callId,
      /** From 0: a piece out of turn is refused. */
      index: z.int().min(0),
      text: z.string(),
    })
    .readonly(),
} as const;

const tokens = z.int().min(0).nullable();

/** Custom DAP request to the adapter: an answer is complete. */
export const modelDoneRequest = {
  name: "flowmason/modelDone",
  arguments: z
    .object({
      id: callId,
      /** How many pieces it had. */
      pieces: z.int().min(0),
      /** The model that answered, as `vendor/id`. */
      model: z.string().min(1),
      usage: z
        .object({
          inputTokens: tokens,
          outputTokens: tokens,
          /** `counted`: by the model's tokenizer, since the model told none. */
          source: z.enum(["told", "counted"]),
          cachedTokens: z.int().min(0).exactOptional(),
        })
        .readonly(),
      /** What of the request the model's interface has no place for. */
      notices: z.array(z.string()),
    })
    .readonly(),
} as const;

export type ModelDone = z.infer<typeof modelDoneRequest.arguments>;

/** Why a model gave no answer, or not all of it. */
export const modelFault = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("no-models") }),
  z.object({ kind: z.literal("unknown-model"), available: z.array(z.string()) }),
  /** The user has not allowed it. */
  z.object({ kind: z.literal("not-allowed"), model: z.string(), reason: z.string() }),
  /** By its provider: a quota, say. */
  z.object({ kind: z.literal("blocked"), model: z.string(), reason: z.string() }),
  /** It was there when it was chosen. */
  z.object({ kind: z.literal("gone"), model: z.string(), reason: z.string() }),
  z.object({ kind: z.literal("other"), model: z.string().nullable(), reason: z.string() }),
]);

export type ModelFault = z.infer<typeof modelFault>;

/** Custom DAP request to the adapter: there will be no answer, or no more of it. */
export const modelFailedRequest = {
  name: "flowmason/modelFailed",
  arguments: z.object({ id: callId, fault: modelFault }).readonly(),
} as const;
