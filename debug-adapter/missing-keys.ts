import type { JournalEvent } from "#core/journal";
import { addressKey } from "#core/ports";
import { type KeyMissingBody, keyMissingEvent } from "#protocol";
import type { Client } from "./connection.ts";

/** Tells the client of each key that stages of the run fail for want of, once. */
export function tellMissingKeys(client: Client): (event: JournalEvent) => void {
  const told = new Set<string>();
  return (event) => {
    if (event.kind !== "stage-failed") return;
    const variable = keyVariableIn(event.failure.details);
    if (variable === undefined || told.has(variable)) return;
    told.add(variable);
    const body: KeyMissingBody = { variable, stage: addressKey(event.address) };
    client.event(keyMissingEvent.name, body);
  };
}

/** As core/providers says it. */
function keyVariableIn(details: unknown): string | undefined {
  if (typeof details !== "object" || details === null || !("keyVariable" in details)) return undefined;
  return typeof details.keyVariable === "string" ? details.keyVariable : undefined;
}
