import * as z from "zod";
import type { Json } from "#core/ports";
import type { LangsmithRun } from "./read-langsmith.ts";

/**
 * What a run of LangSmith says of itself, by the names that traces of OpenTelemetry have for it: its metadata, its tags,
 * and of a model's call the model, its settings, its tokens, its cost and its messages.
 */
export function langsmithAttributes(run: LangsmithRun): Readonly<Record<string, Json>> {
  const metadata = run.extra?.metadata ?? {};
  const tags = run.tags ?? [];
  return {
    ...metadata,
    ...(tags.length > 0 ? { "langsmith.tags": tags } : {}),
    ...(run.run_type === "llm" ? modelAttributes(run, metadata) : {}),
  };
}

function modelAttributes(
  run: LangsmithRun,
  metadata: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const usage = usageOf(run, metadata);
  const cost = Number(run.total_cost ?? Number.NaN);
  const said: Readonly<Record<string, Json | undefined>> = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": metadata["ls_provider"],
    "gen_ai.request.model": metadata["ls_model_name"],
    "gen_ai.request.temperature": metadata["ls_temperature"],
    "gen_ai.request.max_tokens": metadata["ls_max_tokens"],
    "gen_ai.usage.input_tokens": run.prompt_tokens ?? usage?.input_tokens,
    "gen_ai.usage.output_tokens": run.completion_tokens ?? usage?.output_tokens,
    "flowmason.cost_usd": Number.isFinite(cost) && cost >= 0 ? cost : undefined,
    "gen_ai.input.messages": messagesIn(run.inputs),
    "gen_ai.output.messages": messagesIn(run.outputs),
  };
  const known = Object.entries(said).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known) as Readonly<Record<string, Json>>;
}

const usageSchema = z.looseObject({ input_tokens: z.number(), output_tokens: z.number() });

/** Where a file has no counts at the run itself, its metadata or its outputs may. */
function usageOf(
  run: LangsmithRun,
  metadata: Readonly<Record<string, Json>>,
): z.infer<typeof usageSchema> | undefined {
  const inOutputs = z.looseObject({ usage_metadata: usageSchema }).safeParse(run.outputs);
  return usageSchema.safeParse(metadata["usage_metadata"]).data ?? inOutputs.data?.usage_metadata;
}

/** Messages as OpenTelemetry has them. */
type Message = {
  readonly role: string;
  readonly parts: { readonly type: string; readonly content: string }[];
};

const contentSchema = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const plainMessage = z.looseObject({
  role: z.string().optional(),
  type: z.string().optional(),
  content: contentSchema,
});
/** A message as LangChain writes its objects down. */
const writtenMessage = z.looseObject({ kwargs: plainMessage, id: z.array(z.string()).optional() });
const generation = z.looseObject({ text: z.string().optional(), message: z.unknown().optional() });

/** The messages in the inputs or outputs of a model's call, in the shapes that LangChain and the SDKs give them. */
function messagesIn(value: unknown): Message[] | undefined {
  const { messages, message, prompts, generations, choices, content, role } =
    z.looseObject({ messages: z.unknown() }).partial().safeParse(value).data ?? {};
  const found = [messages, message, prompts, generations, choices].flatMap((each) => messagesOf(each));
  if (found.length === 0 && content !== undefined) found.push(...messagesOf({ role, content }));
  return found.length === 0 ? undefined : found;
}

function messagesOf(value: unknown): Message[] {
  if (Array.isArray(value)) return value.flatMap(messagesOf);
  if (typeof value === "string") return [{ role: "user", parts: [{ type: "text", content: value }] }];
  const written = writtenMessage.safeParse(value);
  if (written.success) return [messageOf(written.data.kwargs, written.data.id?.at(-1))];
  const plain = plainMessage.safeParse(value);
  if (plain.success) return [messageOf(plain.data, plain.data.type)];
  const made = generation.safeParse(value);
  if (!made.success) return [];
  const inside = messagesOf(made.data.message);
  if (inside.length > 0 || made.data.text === undefined) return inside;
  return [{ role: "assistant", parts: [{ type: "text", content: made.data.text }] }];
}

function messageOf({ role, type, content }: z.infer<typeof plainMessage>, kind: string | undefined): Message {
  const text = typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");
  return { role: role ?? roleOf(type ?? kind), parts: [{ type: "text", content: text }] };
}

/** By the names of LangChain's classes and their types. */
function roleOf(kind: string | undefined): string {
  const name = (kind ?? "").toLowerCase();
  if (name.startsWith("ai")) return "assistant";
  return name.startsWith("system") ? "system" : "user";
}
