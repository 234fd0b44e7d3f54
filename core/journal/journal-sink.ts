import type { Json } from "#core/ports";
import type { EncodedJson } from "./encode-json.ts";
import type { JournalEvent } from "./event.ts";
import type { ValueRef } from "./value-ref.ts";

/** Values travel beside events; a sink stores each hash once. */
export interface JournalSink {
  /** Buffered and in order; never waits. */
  append(event: JournalEvent): void;
  /** Returns the reference under which the value is stored. */
  put(value: Json): ValueRef;
  /** The same for one that is encoded already: what a plan holds is stored in many rounds and runs. */
  putEncoded(encoded: EncodedJson): ValueRef;
  /** Resolves when everything appended so far is durable as the sink promises. */
  flush(): Promise<void>;
}
