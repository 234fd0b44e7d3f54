import * as z from "zod";

/** A host, all hosts under one, or every host; with a port only that port. */
const hostPattern = z
  .string()
  .regex(
    /^(\*|(\*\.)?[\w-]+(\.[\w-]+)*|\[[\da-f:.]+\])(:\d{1,5})?$/i,
    'a host is written as "api.example.com", "*.example.com" or "localhost:8080", without http://',
  );

/** `http` of flowmason.json. A misspelt key is refused, since what it was to forbid would be allowed. */
export const httpRulesSchema = z.strictObject({
  allow: z
    .array(hostPattern)
    .optional()
    .describe(
      "The hosts that pipelines may call; without it, all. `*.example.com` means every host under it.",
    ),
  deny: z
    .array(hostPattern)
    .default([])
    .describe("Hosts that they may not call, even where `allow` names them."),
  max_redirects: z.int().min(0).max(50).default(10).describe("The most redirects that a request follows."),
  max_response_bytes: z
    .int()
    .min(1)
    .default(20 * 1024 * 1024)
    .describe(
      "The most bytes of an answer that are read, after decompression. Each answer is held in memory.",
    ),
});

/** What a project's pipelines may do over HTTP. */
export type HttpRules = z.infer<typeof httpRulesSchema>;

/** The rules of a project that says nothing. */
export const defaultHttpRules: HttpRules = httpRulesSchema.parse({});

/** Why a host may not be called, naming it and the key of flowmason.json; null when it may. */
export function hostFault(url: URL, { allow, deny }: HttpRules): string | null {
  const denied = deny.find((pattern) => matches(url, pattern));
  if (denied !== undefined) {
    return `${url.host} may not be called: "http.deny" in flowmason.json has "${denied}".`;
  }
  if (allow === undefined || allow.some((pattern) => matches(url, pattern))) return null;
  return `${url.host} may not be called: "http.allow" in flowmason.json does not name it. Add it there if pipelines are to call it.`;
}

function matches(url: URL, pattern: string): boolean {
  const [, host = "", port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (port !== undefined && Number(port) !== portOf(url)) return false;
  const hostname = hostnameOf(url);
  if (host === "*") return true;
  return host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
}

/** A name with a dot at its end is the same name, and an IPv4 address written as one of IPv6 is the same address. */
function hostnameOf(url: URL): string {
  const hostname = url.hostname.toLowerCase().replace(/\.$/, "");
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname);
  if (mapped === null) return hostname;
  const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function portOf({ protocol, port }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}
