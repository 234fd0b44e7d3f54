import type { StageAddress } from "#core/ports";
import type { StagePlan } from "../../plan/run-plan.ts";
import { frameAt } from "../recorded-frames.ts";
import type { Arrival } from "./arrival.ts";
import type { Cause } from "./cause.ts";
import { followOutput } from "./follow-output.ts";
import { writtenAt } from "./follow-written.ts";
import { sourcesOfResult } from "./results-of-owner.ts";
import { ends, ofWritten, type Source } from "./source.ts";
import type { ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace } from "./value-place.ts";

/** One step back from where a value came to a place. */
export function sourceOf(source: ProvenanceSource, place: ValuePlace, arrival: Arrival): Source {
  const { event, asOf, steps } = arrival;
  if (event?.kind === "value-overridden") return ends({ kind: "by-hand" });
  switch (place.kind) {
    case "inputs": {
      const plan = planAt(source, place.address, asOf);
      if (plan === undefined) return ends({ kind: "unknown" });
      return ofWritten(
        writtenAt(source, plan.inputs.fields, { address: place.address, seq: asOf, path: steps }),
      );
    }
    case "output": {
      const plan = planAt(source, place.address, asOf);
      return plan === undefined
        ? ends({ kind: "unknown" })
        : followOutput(source, { address: place.address, plan, arrival });
    }
    case "variable": {
      if (event?.kind !== "variable-set") return ends({ kind: "unknown" });
      const plan = planAt(source, event.address, asOf);
      if (plan?.definition.type !== "variable_set") return ends(madeBy(plan));
      const among = plan.inputs.fields.some(({ field }) => field === "variables");
      const path = among ? ["variables", place.name, ...steps] : ["value", ...steps];
      return one({ kind: "inputs", address: event.address, path }, madeBy(plan));
    }
    case "input": {
      const step = place.frames.at(-1);
      if (step === undefined) return ends({ kind: "given" });
      const address = { frames: place.frames.slice(0, -1), stage: step.owner };
      return one({ kind: "inputs", address, path: ["input_data", ...steps] }, { kind: "default" });
    }
    case "item": {
      const step = place.frames.at(-1);
      if (step?.kind !== "iteration") return ends({ kind: "unknown" });
      const address = { frames: place.frames.slice(0, -1), stage: step.owner };
      const decision = source.openings.decision(address, asOf)?.decision;
      if (decision?.kind !== "iterate") return ends({ kind: "computed", text: "strategy.matrix" });
      return one(
        { kind: "inputs", address, path: ["items", step.index, ...steps] },
        { kind: "computed", text: "" },
      );
    }
    case "result": {
      const [only, ...more] = sourcesOfResult(source, place.frames, steps, asOf);
      if (only === undefined) return ends({ kind: "unknown" });
      if (more.length === 0) return one(only, { kind: "computed", text: "" });
      return { kind: "made", cause: { kind: "computed", text: "" }, of: [only, ...more] };
    }
    case "name":
      return ends({ kind: "around" });
  }
}

/** The stage at an address as it was planned, be it that of a leg. */
function planAt(
  source: ProvenanceSource,
  { frames, stage }: StageAddress,
  seq: number,
): StagePlan | undefined {
  const frame = frameAt(source, seq, frames);
  const index = frame?.schedule.region.indexOf.get(stage);
  return index === undefined ? undefined : frame?.schedule.region.stages[index];
}

function one(place: ValuePlace, otherwise: Cause): Source {
  return { kind: "one", place, text: "", otherwise };
}

function madeBy(plan: StagePlan | undefined): Cause {
  return plan === undefined ? { kind: "unknown" } : { kind: "made", component: plan.definition.type };
}
