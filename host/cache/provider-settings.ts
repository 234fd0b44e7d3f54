import type { Manifest } from "../workspace.ts";

/** What a manifest says of each provider, as text; the keys themselves are never in it. */
export function openProviders({ providers }: Manifest): (name: string) => string {
  const settings = new Map<string, unknown>(Object.entries(providers));
  return (name) => JSON.stringify(settings.get(name) ?? null);
}
