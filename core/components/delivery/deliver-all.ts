import type { Json } from "#core/ports";
import type { Call } from "../implementation.ts";
import { type Destination, unavailable } from "./definition.ts";
import { deliverToFile } from "./deliver-to-file.ts";
import { deliverToWebhook } from "./deliver-to-webhook.ts";
import type { Attempted, Delivery, Message } from "./message.ts";
import type { ReadDestination } from "./read-destinations.ts";

/** What is delivered, and how. */
export interface Order {
  readonly destinations: readonly ReadDestination[];
  readonly message: Message;
  /** The type of the failure that it is about, if it is. */
  readonly errorType: string | null;
  /** Whether a destination that does not say gets failures. */
  readonly errorsByDefault: boolean;
  readonly manner: "parallel" | "sequential";
}

/** What came of an order, a delivery for each destination. */
export interface Deliveries {
  readonly deliveries: readonly Delivery[];
  /** Whether each failure may pass by itself, and nothing has arrived that a second try would send again. */
  readonly canBeRepeated: boolean;
}

/** Delivers to every destination that the message is meant for. One that fails keeps none of the others back. */
export async function deliverAll(
  call: Call<unknown>,
  order: Order,
  signal: AbortSignal,
): Promise<Deliveries> {
  const deliver = (each: ReadDestination) => deliverTo(call, each, order, signal);
  const ended: Ended[] = [];
  if (order.manner === "parallel") ended.push(...(await Promise.all(order.destinations.map(deliver))));
  else for (const each of order.destinations) ended.push(await deliver(each));
  for (const { delivery } of ended) {
    if (delivery.status !== "failed" || signal.aborted) continue;
    const message = `Delivery to "${delivery.name}" failed: ${delivery.error}`;
    call.emit({ kind: "log", level: "warning", message });
  }
  return {
    deliveries: ended.map(({ delivery }) => delivery),
    canBeRepeated: ended.every(({ delivery, recoverable }) => delivery.status === "skipped" || recoverable),
  };
}

interface Ended {
  readonly delivery: Delivery;
  readonly recoverable: boolean;
}

async function deliverTo(
  call: Call<unknown>,
  { destination, payload }: ReadDestination,
  order: Order,
  signal: AbortSignal,
): Promise<Ended> {
  const { id, name = id, type } = destination;
  const about = { destination_id: id, name, type };
  if (!isMeant(destination, order)) {
    return {
      delivery: { ...about, status: "skipped", attempts: 0, status_code: null, error: null },
      recoverable: false,
    };
  }
  const rendered = payload();
  const { error, attempts, statusCode, recoverable } = rendered.ok
    ? await attempt(call, destination, rendered.value, signal)
    : notTried(rendered.failure.message);
  const status = error === null ? "delivered" : "failed";
  return {
    delivery: { ...about, status, attempts, status_code: statusCode, error },
    recoverable: error !== null && recoverable,
  };
}

function isMeant(destination: Destination, { message, errorType, errorsByDefault }: Order): boolean {
  if (!destination.enabled) return false;
  if (!message.is_error) return destination.on_success;
  if (!(destination.on_error ?? errorsByDefault)) return false;
  const { error_types } = destination;
  return error_types.length === 0 || (errorType !== null && error_types.includes(errorType));
}

async function attempt(
  call: Call<unknown>,
  destination: Destination,
  payload: Json,
  signal: AbortSignal,
): Promise<Attempted> {
  switch (destination.type) {
    case "webhook":
      return deliverToWebhook(call, destination, payload, signal);
    case "file":
      return deliverToFile(call.ports.files, destination, payload);
    case "email":
    case "database":
    case "message_queue":
      return notTried(unavailable(destination.type));
  }
}

function notTried(error: string): Attempted {
  return { error, attempts: 0, statusCode: null, recoverable: false };
}
