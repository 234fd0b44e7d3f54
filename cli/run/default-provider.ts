import { defaultProviderOf } from "#core/providers";
import type { Workspace } from "#host";

/** The provider of stages that name none, where the project says one. */
export function defaultProvider({ manifest }: Workspace): { readonly defaultProvider?: string } {
  const name = defaultProviderOf(manifest.providers);
  return name === null ? {} : { defaultProvider: name };
}
