import { stageById } from "../../document/locate.ts";
import type { PipelineDocument } from "../../model.ts";
import { armFields } from "../../stage/arm-fields.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import type { TextEdit } from "../../text-edit.ts";
import { done, type EditResult } from "../edit-result.ts";
import { inSteps } from "../in-steps.ts";
import { type ListedName, listedNames } from "../names/listed-names.ts";
import { removeIds } from "../remove-ids.ts";

/** What becomes of a name in a list: another name, or null where it goes; undefined where it stays. */
export type NewMention = (name: ListedName & { readonly list: string }) => string | null | undefined;

/** Changes the names of stages in lists. One that would stand in a list twice is taken away. */
export function rewriteMentions(document: PipelineDocument, newMention: NewMention): EditResult {
  return inSteps(document, [
    (current) => renameMentions(current, newMention),
    // Those that are left to change are those that go.
    (current) => dropMentions(current, newMention),
  ]);
}

function inLists(document: PipelineDocument): readonly (ListedName & { readonly list: string })[] {
  return listedNames(document).flatMap((name) => (name.list === null ? [] : [{ ...name, list: name.list }]));
}

function renameMentions(document: PipelineDocument, newMention: NewMention): EditResult {
  const names = inLists(document);
  const written = new Set(
    names
      .filter((name) => newMention(name) === undefined)
      .map(({ list, written: each }) => `${list} ${each}`),
  );
  const edits: TextEdit[] = [];
  for (const name of names) {
    const wanted = newMention(name);
    if (wanted === undefined || wanted === null || written.has(`${name.list} ${wanted}`)) continue;
    written.add(`${name.list} ${wanted}`);
    edits.push({
      offset: name.span.start,
      length: name.span.end - name.span.start,
      text: JSON.stringify(wanted),
    });
  }
  return done(edits);
}

function dropMentions(document: PipelineDocument, newMention: NewMention): EditResult {
  const doomed = inLists(document).filter((name) => newMention(name) !== undefined);
  const edits: TextEdit[] = [];
  for (const id of new Set(doomed.flatMap(({ stage }) => stage ?? []))) {
    const stage = stageById(document, id);
    if (stage === undefined) continue;
    const gone = (list: string): ReadonlySet<string> =>
      new Set(doomed.filter((name) => name.stage === id && name.list === list).map((name) => name.id));
    const dependsOn = fieldNamed(stage.fields, "depends_on");
    if (dependsOn !== undefined) {
      edits.push(...removeIds(document, stage, dependsOn, stage.dependsOn, gone(`${id} depends_on`)));
    }
    for (const { arm, field } of armFields(stage)) {
      const members = stage.arms.filter((each) => each.arm === arm).flatMap(({ stages }) => stages);
      edits.push(...removeIds(document, stage, field, members, gone(`${id} ${arm}`)));
    }
  }
  return done(edits);
}
