import type { Scope } from "#core/expressions";
import type { FrameStep, Json } from "#core/ports";
import {
  LONGEST_WIRE_VALUE,
  MOST_WIRE_VALUES,
  WIRE_VALUES_VERSION,
  type WireValue,
  wireValuesRequest,
} from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { RequestHandler } from "./connection.ts";
import type { Inspection } from "./inspection.ts";
import type { Launched } from "./launched.ts";
import type { Frame } from "./stack.ts";
import { rowText } from "./variables.ts";

/**
 * Says what flows on the wires of a graph: the outputs that the stages of a frame's file see. They are those of the
 * record, where the redactor has seen them whole: of a secret that was cut it would know no part.
 */
export function wireValueRequests(
  launched: () => Launched,
  { frameOf }: Pick<Inspection, "frameOf">,
): readonly (readonly [string, RequestHandler])[] {
  const wireValues = (given: unknown): object => {
    const asked = wireValuesRequest.arguments.safeParse(given);
    if (!asked.success) throw adapterErrors.invalidArguments(wireValuesRequest.name, asked.error.message);
    const { past, shown } = launched();
    const frame = frameOf(asked.data.frameId);
    const scope = past?.history.scopeAt(past.cursor.seq(), frame.scope);
    return {
      version: WIRE_VALUES_VERSION,
      path: shown().fileAt(frame.frames).path,
      values: scope === undefined ? [] : valuesIn(scope, frame),
    };
  };
  return [[wireValuesRequest.name, wireValues]];
}

function valuesIn(scope: Scope, frame: Frame): readonly WireValue[] {
  const values: WireValue[] = [];
  // What has just ended is there for others from the next stage on.
  const own = frame.kind === "stage" && frame.point.kind === "after" ? scope.resolve("output") : undefined;
  if (frame.kind === "stage" && own?.kind === "stage") values.push(valueOf(frame.stage, own.output));
  const upstream = scope.resolve("upstream");
  if (upstream?.kind !== "namespace") return values;
  const around = ownersAround(frame.scope.frames);
  for (const id of upstream.names()) {
    if (values.length >= MOST_WIRE_VALUES) break;
    // What holds the frame has not ended: what it shows to those inside is no output.
    if (around.has(id) || id === values[0]?.stage) continue;
    const stage = upstream.resolve(id);
    if (stage?.kind === "stage") values.push(valueOf(id, stage.output));
  }
  return values;
}

/** The stages of the frame's own pipeline that it runs in. */
function ownersAround(frames: readonly FrameStep[]): ReadonlySet<string> {
  const called = frames.findLastIndex(({ kind }) => kind === "subpipeline");
  return new Set(frames.slice(called + 1).map(({ owner }) => owner));
}

function valueOf(stage: string, output: Json): WireValue {
  const text = rowText(output);
  return {
    stage,
    text: text.length > LONGEST_WIRE_VALUE ? `${text.slice(0, LONGEST_WIRE_VALUE - 1)}…` : text,
  };
}
