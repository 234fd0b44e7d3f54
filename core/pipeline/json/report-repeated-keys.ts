import type { JsonProperty } from "../json-node.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";

/** Objects with fewer keys are compared pairwise, which is faster than a set. */
const SMALL = 8;

/** Says which keys of an object are written more than once. */
export function reportRepeatedKeys(properties: readonly JsonProperty[], problems: Problem[]): void {
  if (properties.length <= SMALL) {
    for (let index = 1; index < properties.length; index += 1) {
      const property = properties[index];
      for (let earlier = 0; earlier < index && property !== undefined; earlier += 1) {
        if (properties[earlier]?.key !== property.key) continue;
        problems.push(repeatedKey(property));
        break;
      }
    }
    return;
  }
  const seen = new Set<string>();
  for (const property of properties) {
    if (seen.has(property.key)) problems.push(repeatedKey(property));
    seen.add(property.key);
  }
}

function repeatedKey({ key, keySpan }: JsonProperty): Problem {
  return {
    code: readingCode.repeatedKey,
    severity: "warning",
    message: `${JSON.stringify(key)} is written twice here; the last one counts. Remove one of them.`,
    span: keySpan,
  };
}
