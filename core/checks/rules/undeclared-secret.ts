import { readSecrets } from "#core/pipeline";
import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { Names } from "../structure.ts";

/** Where a pipeline or a stage declares secrets, its expressions name no others. */
export function* undeclaredSecret(
  { stage, expressions }: StageFacts,
  _view: PipelineView,
  names: Names,
): Iterable<Finding> {
  for (const { references, spanOf } of expressions) {
    for (const { root, path, pathRanges } of references) {
      const [name] = path;
      const [range] = pathRanges;
      if (root !== "secrets" || typeof name !== "string" || range === undefined) continue;
      const own = readSecrets(stage.fields).declared.map((secret) => secret.name);
      const known = [...names.secrets, ...own];
      if (known.length === 0 || known.includes(name)) continue;
      yield {
        rule: "undeclared-secret",
        message: `No secret "${name}" is declared.${didYouMean(name, known)} Add it to "secrets".`,
        span: spanOf(range),
      };
    }
  }
}
