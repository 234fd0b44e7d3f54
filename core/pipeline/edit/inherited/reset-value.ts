import { stageById } from "../../document/locate.ts";
import { nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { unsetValue } from "../unset-value.ts";
import { own } from "./json-difference.ts";

/**
 * Takes what this file says at one of several paths of an inherited stage out of its override, so that it is as the
 * parent has it. Refused where the parent alone says it: an override cannot take that away.
 */
export function resetValue(
  document: PipelineDocument,
  parent: PipelineDocument,
  id: string,
  ways: readonly (readonly string[])[],
  shown: readonly string[],
): EditResult {
  const override = fieldNamed(document.pipeline.overrides, id)?.value;
  const said = override === undefined ? undefined : nodeToJson(override);
  const written = ways.filter((path) => path.reduce(own, said) !== undefined);
  if (written.length > 0) {
    return inSteps(
      document,
      written.map(
        (path): EditStep =>
          (current) =>
            unsetValue(current, null, ["overrides", id, ...path]),
      ),
    );
  }
  const node = stageById(parent, id)?.node;
  const given = node === undefined ? undefined : nodeToJson(node);
  if (ways.every((path) => path.reduce(own, given) === undefined)) return done([]);
  return refuse(
    `The parent "${document.pipeline.extends?.value ?? ""}" gives "${id}" "${shown.join(".")}", and an override cannot take it away. Give it another value, or open its origin to change it for all that inherit it.`,
  );
}
