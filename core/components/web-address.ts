/** An address that can be called, or why a text is none. */
export type WebAddress =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: string };

/** Reads an http or https address. The reason quotes no password. */
export function readWebAddress(text: string): WebAddress {
  const url = parse(text);
  if (url === null) {
    const shown = text.replace(/\/\/[^/?#]*@/, "//…@");
    return {
      ok: false,
      reason: `"${shown}" is no web address. It has to begin with http:// or https://.`,
    };
  }
  if (url.username === "" && url.password === "") return { ok: true, url };
  return {
    ok: false,
    reason: `The address of ${url.host} holds a user name or password, which is not sent. Take it out, and send it in the header "Authorization".`,
  };
}

function parse(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    // No address is one of the answers.
    return null;
  }
}
