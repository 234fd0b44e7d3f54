import { stageById, unitStart } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { removeProperties, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { writingStyleOf } from "./writing-style.ts";

/** Gives a stage a display name; an empty one takes the name away, so that the id is shown. */
export function setStageName(document: PipelineDocument, id: string, name: string): EditResult {
  const stage = stageById(document, id);
  if (stage?.node.kind !== "object") return refuse(`There is no stage "${id}" in this file.`);
  if ((stage.name?.value ?? "") === name) return done([]);
  const place = { node: stage.node, base: unitStart(document, stage) };
  if (name === "") return done(removeProperties(document.text, place, ({ key }) => key === "name"));
  return done(
    setProperty(document.text, place, "name", () => JSON.stringify(name), writingStyleOf(document), {
      after: ["component_type", "component", "type", "uses", "id"],
    }),
  );
}
