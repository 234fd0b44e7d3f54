import { unitStart } from "../../document/locate.ts";
import { isJsonObject } from "../../json/json-object.ts";
import { nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument } from "../../model.ts";
import { localId } from "../clipping/copy-stages.ts";
import { done } from "../edit-result.ts";
import type { EditStep } from "../in-steps.ts";
import { idAt, insertStage, insertWrittenStage, type StageHome } from "../insert-stage.ts";
import { setLayoutLine } from "../layout-line.ts";
import { reindented } from "../reindent.ts";
import { writingStyleOf } from "../writing-style.ts";
import type { FittedCall } from "./fit-call.ts";

/** Writes the stages behind the calling one: as they are written, where both files have the same kind of list. */
export function writeCalled(
  document: PipelineDocument,
  fitted: FittedCall,
  home: StageHome,
): readonly EditStep[] {
  const isMap = document.tree.container?.kind === "map" || home.kind === "body";
  const asWritten = (fitted.document.tree.container?.kind === "map") === isMap;
  const { eol } = writingStyleOf(document);
  let { after } = home;
  return fitted.stages.flatMap((stage): readonly EditStep[] => {
    const place = { ...home, after };
    const id = localId(stage);
    after = idAt(home, id);
    const own = after;
    const start = stage.node.span.start + unitStart(fitted.document, stage);
    const end = stage.node.span.end + unitStart(fitted.document, stage);
    const { text } = fitted.document;
    const fields = nodeToJson(stage.node);
    const members = isJsonObject(fields)
      ? Object.fromEntries(Object.entries(fields).filter(([key]) => key !== "id"))
      : {};
    const lines = fitted.document.pipeline.layout.filter(({ key }) => key === id || key.startsWith(`${id}/`));
    return [
      (current) =>
        asWritten
          ? insertWrittenStage(current, place, id, (indent) =>
              reindented(text, start, text.slice(start, end), indent, eol),
            )
          : insertStage(current, place, id, members),
      ...lines.map(({ key, value }): EditStep => {
        const line = nodeToJson(value);
        return (current) =>
          isJsonObject(line) ? setLayoutLine(current, own + key.slice(id.length), line) : done([]);
      }),
    ];
  });
}
