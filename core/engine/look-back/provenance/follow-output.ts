import { sameJson } from "#core/pipeline";
import type { StageAddress } from "#core/ports";
import type { StagePlan } from "../../plan/run-plan.ts";
import { type Arrival, arrivalAt } from "./arrival.ts";
import type { Cause } from "./cause.ts";
import { writtenAt } from "./follow-written.ts";
import { placeOfReference } from "./place-of-reference.ts";
import { resultOfOwner } from "./results-of-owner.ts";
import { ofWritten, type Source } from "./source.ts";
import { backFrom, type ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace } from "./value-place.ts";

/** An output that a stage gave. */
interface Given {
  readonly address: StageAddress;
  readonly plan: StagePlan;
  readonly arrival: Arrival;
}

/** One step back from what is at a path of an output: into what the stage owns, into its inputs, or no further. */
export function followOutput(source: ProvenanceSource, given: Given): Source {
  const { address, plan, arrival } = given;
  const { asOf, steps } = arrival;
  const cached = cacheOf(source, address, asOf);
  if (cached !== null) return { kind: "made", cause: cached, of: [] };
  const made: Cause = { kind: "made", component: plan.isMatrix ? "matrix" : plan.definition.type };
  const owned = resultOfOwner(source, address, steps, asOf);
  if (owned !== null) return { kind: "one", place: owned, text: "", otherwise: made };
  const added = addedOutput(source, given);
  if (added !== null) return added;
  const [field, ...rest] = steps;
  const passes = plan.definition.passes;
  const from = typeof field === "string" && Object.hasOwn(passes, field) ? passes[field] : undefined;
  if (field !== undefined && from !== undefined && isSame(source, given, field, from))
    return {
      kind: "one",
      place: { kind: "inputs", address, path: [from, ...rest] },
      text: "",
      otherwise: made,
    };
  return {
    kind: "made",
    cause: made,
    of: plan.isMatrix ? [] : [...varyingInputs(given), ...namedByComponent(source, given)],
  };
}

/** Whether a field of the output is a field of the inputs: of two lists an item at the same position may be another. */
function isSame(
  source: ProvenanceSource,
  { address, arrival }: Given,
  field: string | number,
  from: string,
): boolean {
  const gave = arrivalAt(source, { kind: "output", address, path: [field] }, arrival.asOf)?.value;
  const got = arrivalAt(source, { kind: "inputs", address, path: [from] }, arrival.asOf)?.value;
  return gave !== undefined && got !== undefined && sameJson(gave, got);
}

/** A name that the file adds to the output. */
function addedOutput(source: ProvenanceSource, { address, plan, arrival }: Given): Source | null {
  const { addedOutputs } = plan;
  const [name] = arrival.steps;
  if (addedOutputs?.fields.some(({ field }) => field === name) !== true) return null;
  return ofWritten(
    writtenAt(source, addedOutputs.fields, {
      address,
      seq: arrival.asOf,
      path: arrival.steps,
      own: (root, path) => (root === "output" ? { kind: "output", address, path } : null),
    }),
  );
}

/** What the stage was given that depends on the run: of that its component made the output. */
function varyingInputs({ address, plan, arrival }: Given): readonly ValuePlace[] {
  const { event } = arrival;
  const attempt = event !== null && "attempt" in event ? { attempt: event.attempt } : {};
  return plan.inputs.fields
    .filter(({ value }) => value.kind !== "constant")
    .map(({ field }) => ({ kind: "inputs", address, ...attempt, path: [field] }));
}

/** What the expressions name that the component evaluates itself. */
function namedByComponent(
  source: ProvenanceSource,
  { address, plan, arrival }: Given,
): readonly ValuePlace[] {
  return plan.inputs.deferred.flatMap(({ root, path }) => {
    const place = placeOfReference(source, { at: address, seq: arrival.asOf, root, path });
    return place === null ? [] : [place];
  });
}

function cacheOf(source: ProvenanceSource, address: StageAddress, seq: number): Cause | null {
  for (const event of backFrom(source, address, seq)) {
    if (event.kind === "stage-started") return null;
    if (event.kind !== "stage-cache") continue;
    if (event.outcome.kind === "hit") return { kind: "cached", from: "cache", run: event.outcome.storedBy };
    if (event.outcome.kind === "pinned") return { kind: "cached", from: "pin", run: event.outcome.run };
  }
  return null;
}
