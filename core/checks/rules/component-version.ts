import { versionFault } from "#core/component-definitions";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** The range after the `@` of a component type must take the version of the component that is there. */
export function* componentVersion({ stage, definition }: StageFacts): Iterable<Finding> {
  if (definition === undefined || stage.writtenType === null) return;
  const message = versionFault(definition, stage.versionRange);
  if (message === null) return;
  const { value, span } = stage.writtenType;
  const [name = value] = value.split("@");
  const fix = { kind: "replace-text", text: `${name}@^${definition.version}` } as const;
  yield { rule: "component-version", message, span, fix };
}
