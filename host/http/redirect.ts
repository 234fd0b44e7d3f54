import type { HttpRequest } from "#core/ports";

/** One request of a chain of redirects. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: HttpRequest["headers"];
  readonly body: string | null;
}

/** Where an answer sends the client next: a hop, nowhere, or somewhere that cannot be gone to. */
export type Redirect =
  | { readonly kind: "none" }
  | { readonly kind: "hop"; readonly hop: Hop }
  | { readonly kind: "unusable"; readonly reason: string };

/**
 * Reads an answer as a redirect, as the Fetch standard does: 303, and 301 and 302 after POST, go on as GET without a
 * body. To another origin no header goes along that may hold a credential, whatever its name.
 */
export function redirectOf(hop: Hop, status: number, location: string | null): Redirect {
  if (location === null || !redirects.has(status)) return { kind: "none" };
  if (!URL.canParse(location, hop.url.href)) return { kind: "unusable", reason: "to what is no address" };
  const url = new URL(location, hop.url.href);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return {
      kind: "unusable",
      reason: `to an address with ${url.protocol}, which is not http:// or https://`,
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "unusable", reason: "to an address with a user name or password, which is not sent" };
  }
  const becomesGet =
    (status === 303 && hop.method !== "GET" && hop.method !== "HEAD") ||
    (hop.method === "POST" && (status === 301 || status === 302));
  const dropped = [
    ...(becomesGet ? [aboutTheBody] : []),
    ...(url.origin === hop.url.origin ? [] : [mayBeCredential]),
  ];
  const headers = Object.entries(hop.headers).filter(([name]) => !dropped.some((kind) => kind.test(name)));
  return {
    kind: "hop",
    hop: {
      url,
      method: becomesGet ? "GET" : hop.method,
      headers: Object.fromEntries(headers),
      body: becomesGet ? null : hop.body,
    },
  };
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const aboutTheBody = /^content-/i;

/** Authorization, Cookie, Proxy-Authorization, and names such as X-Api-Key, X-Auth-Token, X-Signature. */
const mayBeCredential = /auth|cookie|key|token|secret|session|password|signature|credential|^host$/i;
