import type { SecretPort } from "#core/ports";
import type { CassetteHiding } from "#core/providers";
import { createRedactor } from "#core/secrets";

/** What stands in a cassette in place of a secret has this in it: it is the same in every run, as the file is to be. */
const MARK = "cassette";

/** Keeps the secrets of a run and the keys of providers out. More `sources` become known as pipelines are called. */
export function cassetteHiding(
  sources: ReadonlySet<string>,
  secrets: SecretPort,
): () => Promise<CassetteHiding> {
  const redactor = createRedactor(MARK);
  const known = new Set<string>();
  return async () => {
    for (const source of sources) {
      if (known.has(source)) continue;
      known.add(source);
      redactor.know(source, (await secrets.get(source)) ?? "");
    }
    return redactor;
  };
}
