import type { Clock, Failure, ModelPort, ModelRequest, ModelResult } from "#core/ports";
import { EDITOR_PROVIDER } from "#core/providers";
import { type Redactor, redactedRequest } from "#core/secrets";
import {
  MODEL_REQUESTS_VERSION,
  type ModelDone,
  type ModelRequestBody,
  modelCancelledEvent,
  modelDeltaRequest,
  modelDoneRequest,
  modelFailedRequest,
  modelRequestEvent,
} from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { Client, RequestHandler } from "./connection.ts";
import { modelFailure } from "./model-fault.ts";

/** The models of the client, asked by event and answered by request. */
export interface EditorModels extends ModelPort {
  /** The requests that answer, by name; each throws {@link adapterErrors.modelAnswer} for what fits no open call. */
  readonly requests: ReadonlyMap<string, RequestHandler>;
}

/** Of an answer: some eight times what the longest one of today's models has. */
const mostCharacters = 4 * 1024 * 1024;

/** A call that waits for its answer. */
interface OpenCall {
  readonly asked: string | null;
  readonly start: number;
  readonly onDelta: (text: string) => void;
  readonly end: (result: ModelResult) => void;
  text: string;
  pieces: number;
}

/** What is wrong about a request never ends the session; where the answer would be wrong too, its call fails. */
export function createEditorModels(client: Client, redactor: Redactor, clock: Clock): EditorModels {
  const open = new Map<string, OpenCall>();
  let calls = 0;

  const callOf = (id: string): OpenCall => {
    const call = open.get(id);
    if (call !== undefined) return call;
    const isKnown = /^m[1-9]\d*$/.test(id) && Number(id.slice(1)) <= calls;
    throw adapterErrors.modelAnswer(
      isKnown
        ? `The call ${id} has ended: it is answered, or was cancelled.`
        : `There is no call ${JSON.stringify(id)}.`,
    );
  };

  const incomplete = (call: OpenCall, id: string, reason: string): never => {
    call.end({ ok: false, failure: modelFailure({ kind: "other", model: null, reason }, call.asked) });
    // Nobody waits for the rest.
    client.event(modelCancelledEvent.name, { id });
    throw adapterErrors.modelAnswer(reason);
  };

  const delta: RequestHandler = (args) => {
    const { id, index, text } = readArguments(modelDeltaRequest, args);
    const call = callOf(id);
    if (index !== call.pieces)
      incomplete(call, id, `piece ${index} of the answer came where piece ${call.pieces} was due`);
    if (call.text.length + text.length > mostCharacters)
      incomplete(call, id, `the answer has more than ${mostCharacters} characters`);
    call.pieces += 1;
    call.text += text;
    call.onDelta(text);
  };

  const done: RequestHandler = (args) => {
    const answer = readArguments(modelDoneRequest, args);
    const call = callOf(answer.id);
    if (answer.pieces !== call.pieces)
      incomplete(call, answer.id, `the answer has ${answer.pieces} pieces, and ${call.pieces} came`);
    call.end(concluded(call, answer, clock.monotonic()));
  };

  const failed: RequestHandler = (args) => {
    const { id, fault } = readArguments(modelFailedRequest, args);
    const call = callOf(id);
    call.end({ ok: false, failure: modelFailure(fault, call.asked) });
  };

  return {
    generate: (request, onDelta, signal) => {
      if (signal.aborted) return Promise.resolve(cancelled);
      if (holdsSecret(request, redactor)) return Promise.resolve({ ok: false, failure: secretInPrompt });
      calls += 1;
      const id = `m${calls}`;
      return new Promise((resolve) => {
        const onAbort = (): void => {
          client.event(modelCancelledEvent.name, { id });
          end(cancelled);
        };
        const end = (result: ModelResult): void => {
          open.delete(id);
          signal.removeEventListener("abort", onAbort);
          resolve(result);
        };
        open.set(id, { asked: request.model, start: clock.monotonic(), onDelta, end, text: "", pieces: 0 });
        signal.addEventListener("abort", onAbort, { once: true });
        client.event(modelRequestEvent.name, bodyOf(id, request));
      });
    },
    requests: new Map([
      [modelDeltaRequest.name, delta],
      [modelDoneRequest.name, done],
      [modelFailedRequest.name, failed],
    ]),
  };
}

const cancelled: ModelResult = {
  ok: false,
  failure: { type: "CANCELLED", message: "The call of the model was cancelled.", recoverable: false },
};

const secretInPrompt: Failure = {
  type: "SECURITY",
  message:
    "The prompt has the value of a secret in it. VS Code's models are asked by the debug protocol, which every extension may listen to, so that no secret goes there. Take it out of the prompt, or give the stage another provider.",
  recoverable: false,
  field: "prompt",
};

/** What the connection would take out of the message: a prompt that was changed on its way would be another. */
function holdsSecret(request: ModelRequest, redactor: Redactor): boolean {
  if (redactor.isIdle()) return false;
  return JSON.stringify(redactedRequest(redactor, request)) !== JSON.stringify(request);
}

function bodyOf(id: string, { provider: _provider, ...request }: ModelRequest): ModelRequestBody {
  return { ...request, version: MODEL_REQUESTS_VERSION, id };
}

function concluded(
  { text, start }: OpenCall,
  { model, usage, notices }: ModelDone,
  now: number,
): ModelResult {
  const { inputTokens, outputTokens, cachedTokens, source } = usage;
  const used = {
    provider: EDITOR_PROVIDER,
    model,
    inputTokens,
    outputTokens,
    ...(source === "told" || (inputTokens ?? outputTokens) === null ? {} : { tokensCounted: true as const }),
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    durationMs: Math.round(now - start),
  };
  if (text.trim() === "") {
    const message = `${EDITOR_PROVIDER}/${model} gave an empty answer. Run it again, or look at the prompt.`;
    return { ok: false, failure: { type: "EXECUTION", message, recoverable: true }, usage: used };
  }
  // VS Code does not tell why an answer ended.
  return {
    ok: true,
    text,
    finishReason: "unknown",
    usage: used,
    ...(notices.length === 0 ? {} : { notices }),
  };
}

interface AnswerShape<Arguments> {
  readonly name: string;
  readonly arguments: {
    safeParse(
      args: unknown,
    ):
      | { readonly success: true; readonly data: Arguments }
      | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
  };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function readArguments<Arguments>(shape: AnswerShape<Arguments>, args: unknown): Arguments {
  const read = shape.arguments.safeParse(args);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue === undefined ? "" : issue.path.map(String).join(".");
  throw adapterErrors.modelAnswer(
    `${shape.name}${field === "" ? "" : `, ${field}`}: ${issue?.message ?? "not as expected"}.`,
  );
}
