import * as z from "zod";
import type { FrameStep, Json, StageAddress } from "#core/ports";

const attempt = z.int().min(0);
const stepsSchema = z.array(
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("iteration"), owner: z.string(), index: z.int().min(0) }),
    z.object({
      kind: z.literal("arm"),
      owner: z.string(),
      arm: z.enum(["try", "catch", "finally"]),
      attempt,
    }),
    z.object({ kind: z.literal("subpipeline"), owner: z.string(), pipeline: z.string(), attempt }),
  ]),
);

type Attributes = Readonly<Record<string, Json>>;

/** The address that attributes of ours name; null where they name none. */
export function addressOf(attributes: Attributes): StageAddress | null {
  const stage = attributes["flowmason.stage.id"];
  const frames = stepsOf(attributes["flowmason.stage.frames"]);
  return typeof stage === "string" && stage !== "" && frames !== null ? { frames, stage } : null;
}

/** The way to a frame that attributes of ours name, which is the last step of it; null where they name none. */
export function frameOf(
  attributes: Attributes,
): { readonly owner: StageAddress; readonly step: FrameStep } | null {
  const steps = stepsOf(attributes["flowmason.frame.steps"]);
  const step = steps?.at(-1);
  return steps === null || step === undefined
    ? null
    : { owner: { frames: steps.slice(0, -1), stage: step.owner }, step };
}

function stepsOf(value: Json | undefined): readonly FrameStep[] | null {
  if (typeof value !== "string") return null;
  try {
    return stepsSchema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
