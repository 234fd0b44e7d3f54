import * as z from "zod";
import type { HttpResponse } from "#core/ports";
import { SecretUnavailable } from "#core/secrets";

/** Where in Vault a field was looked for, for messages. */
export interface VaultPlace {
  readonly mount: string;
  readonly path: string;
  readonly field: string;
  readonly tokenVariable: string;
}

const answerSchema = z.object({ data: z.object({ data: z.record(z.string(), z.unknown()).nullable() }) });
const errorsSchema = z.object({ errors: z.array(z.string()) });

/** A field of what Vault answered; undefined where there is none. Throws {@link SecretUnavailable} where it refuses. */
export function vaultField({ status, body, url }: HttpResponse, place: VaultPlace): string | undefined {
  const { mount, path, field, tokenVariable } = place;
  const host = new URL(url).host;
  const refuse = (why: string): never => {
    throw new SecretUnavailable(`Vault at ${host} does not give ${path} (mount ${mount}): ${why}`);
  };
  switch (status) {
    case 200:
      break;
    case 404:
      return undefined;
    case 400:
    case 401:
    case 403:
      return refuse(
        `the token in ${tokenVariable} is not valid any longer, or its policy does not let it read ${mount}/data/${path} (status ${status}). Log in anew, or have the policy extended.`,
      );
    case 429:
      return refuse("it is asked too often (status 429). Run again later.");
    case 472:
    case 473:
      return refuse(`this server is on stand-by (status ${status}). Name the active one.`);
    case 503:
      return refuse("it is sealed or in maintenance (status 503). Have it unsealed, and run again.");
    default:
      return refuse(`it answered with status ${status}${saidIn(body)}.`);
  }
  const answer = answerSchema.safeParse(jsonOf(body));
  if (!answer.success)
    return refuse("it did not answer as the key-value engine of version 2 does. Is the mount of version 1?");
  const fields = answer.data.data.data ?? {};
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return refuse(`its field ${JSON.stringify(field)} is no text. Name a field that holds the value itself.`);
}

function saidIn(body: string): string {
  const read = errorsSchema.safeParse(jsonOf(body));
  const said = read.success ? read.data.errors.join("; ").slice(0, 200) : "";
  return said === "" ? "" : ` (${said})`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
