import type { Json, JsonObject } from "#core/ports";

/** What is delivered (facts, section 1.4): the names of payload templates are its fields. */
export interface Message {
  readonly data: Json;
  readonly is_error: boolean;
  readonly error_message: string | null;
  readonly metadata: JsonObject;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** What came of one destination. */
export interface Delivery {
  readonly destination_id: string;
  readonly name: string;
  readonly type: string;
  readonly status: "delivered" | "failed" | "skipped";
  /** How often it was tried. */
  readonly attempts: number;
  /** The last answer of a webhook. */
  readonly status_code: number | null;
  /** Why it failed. */
  readonly error: string | null;
}

/** How a delivery that was tried ended; `recoverable`: whether trying again can help. */
export interface Attempted {
  readonly error: string | null;
  readonly attempts: number;
  readonly statusCode: number | null;
  readonly recoverable: boolean;
}
