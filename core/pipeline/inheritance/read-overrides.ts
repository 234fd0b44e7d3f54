import { nearest } from "#core/expressions";
import { stageById } from "../document/locate.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { type Content, copyOf, type Spot, spotOf } from "./content.ts";
import { inheritanceCode } from "./inheritance-codes.ts";
import type { Source } from "./origin.ts";

/** What a child changes of one stage of its parent. */
export type Override =
  | { readonly kind: "change"; readonly content: Content; readonly spot: Spot }
  /** `enabled: false`: the stage is not there for the child. */
  | { readonly kind: "delete" };

/** What becomes of a stage that a child deletes: it is gone for a run, and `enabled: false` for the eye. */
export type Deletions = "gone" | "switched-off";

/** The overrides that can be carried out, by the id of the parent's stage, and what is wrong with the others. */
export function readOverrides(
  child: Source,
  parent: PipelineDocument,
  deletions: Deletions,
): { readonly overrides: ReadonlyMap<string, Override>; readonly problems: readonly Problem[] } {
  const overrides = new Map<string, Override>();
  const problems: Problem[] = [];
  for (const { key, keySpan, value } of child.document.pipeline.overrides) {
    const problem = (code: string, message: string, severity: Problem["severity"] = "error"): void => {
      problems.push({ code, severity, message, span: keySpan });
    };
    const target = stageById(parent, key);
    if (value.kind !== "object") {
      if (value.kind === "error") continue;
      problem(
        inheritanceCode.invalidOverrideConfig,
        `The override of "${key}" must be an object in { } with the fields that it changes.`,
      );
    } else if (stageById(child.document, key) !== undefined) {
      problem(
        inheritanceCode.replacedOverride,
        `This pipeline has a stage "${key}" of its own, which takes the parent's place as a whole, so this override does nothing. Remove one of the two.`,
        "warning",
      );
    } else if (target === undefined) {
      problem(inheritanceCode.invalidOverrideTarget, unknownTarget(key, parent));
    } else if (changesId(fieldNamed(value.properties, "id")?.value, key)) {
      problem(
        inheritanceCode.invalidOverrideConfig,
        `An override cannot give the stage "${key}" another id. Delete it with "enabled": false, and add a stage of your own.`,
      );
    } else if (deletions === "gone" && isOff(fieldNamed(value.properties, "enabled")?.value)) {
      overrides.set(key, { kind: "delete" });
    } else {
      const whole = { start: keySpan.start, end: value.span.end };
      overrides.set(key, { kind: "change", content: copyOf(child, value), spot: spotOf(child, whole, 0) });
    }
  }
  return { overrides, problems };
}

function unknownTarget(id: string, parent: PipelineDocument): string {
  const ids = parent.pipeline.stages.map((stage: Stage) => stage.id);
  const near = nearest(id, ids);
  const hint =
    near !== undefined
      ? ` Did you mean "${near}"?`
      : ids.length === 0
        ? " It has no stages."
        : ` It has ${ids.slice(0, 10).join(", ")}${ids.length > 10 ? ", …" : ""}.`;
  return `The parent has no stage "${id}" to override.${hint}`;
}

function changesId(
  node: { readonly kind: string; readonly value?: unknown } | undefined,
  key: string,
): boolean {
  return node !== undefined && (node.kind !== "string" || node.value !== key.slice(key.lastIndexOf("/") + 1));
}

function isOff(node: { readonly kind: string; readonly value?: unknown } | undefined): boolean {
  return node?.kind === "boolean" && node.value === false;
}
