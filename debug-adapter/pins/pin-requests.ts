import { addressKey, type Json } from "#core/ports";
import { type Pins, RunStoreError } from "#host";
import { PINS_VERSION, type PinList, pinRequest, pinsRequest, unpinRequest } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client, RequestHandler } from "../connection.ts";
import type { Launched } from "../launched.ts";
import { readRequest } from "../read-launch-arguments.ts";

/** The pins of what a session is of. */
export interface SessionPins {
  readonly pins: Pins;
  /** The file whose stages they are of, absolute. */
  readonly path: string;
  /** The run that is looked at, by which it is found later too; null for one without a record. */
  readonly run: string | null;
  /** Why a value is not to be written into a file; null where it may be. */
  whyNotWritten(value: Json): string | null;
}

/** The requests about pins. `session` throws where nothing is launched or nothing can be pinned. */
export function pinRequests(
  launched: () => Launched,
  session: () => SessionPins,
  client: Client,
): readonly (readonly [string, RequestHandler])[] {
  const list = ({ pins, path }: SessionPins): PinList => ({
    version: PINS_VERSION,
    path,
    pins: Array.from(pins.all, ([stage, { pinnedAt, run }]) => ({
      stage,
      pinnedAt,
      run,
      ignored: pins.whyNot(stage),
    })),
  });
  const say = (line: string): void => client.event("output", { category: "console", output: `${line}\n` });

  const pin = async (args: unknown): Promise<PinList> => {
    const asked = readRequest(pinRequest, args);
    const own = session();
    const id = asked.stage.split("/").at(-1) ?? asked.stage;
    const whyNot = asked.stage.includes(">")
      ? "it is a stage of a called pipeline, and is pinned in a run of that"
      : own.pins.whyNot(id);
    if (whyNot !== null) throw adapterErrors.cannotPin(asked.stage, whyNot);
    const isGiven = asked.output !== undefined;
    const output = isGiven ? asked.output : lastOutput(launched(), asked.stage);
    if (output === undefined)
      throw adapterErrors.cannotPin(
        asked.stage,
        "it has given no output by what is shown: let it run first, or give the output with the request",
      );
    const secret = own.whyNotWritten(output);
    if (secret !== null) throw adapterErrors.cannotPin(asked.stage, secret);
    const run = isGiven ? null : own.run;
    await stored(own.pins.pin(id, { output, pinnedAt: new Date().toISOString(), run }));
    say(`${id} is pinned: it does not run, and gives what it is pinned to.`);
    return list(own);
  };

  const unpin = async (args: unknown): Promise<PinList> => {
    const { stage } = readRequest(unpinRequest, args);
    const own = session();
    if (!(await stored(own.pins.unpin(stage)))) throw adapterErrors.cannotUnpin(stage);
    say(`${stage} is not pinned any longer, and runs again.`);
    return list(own);
  };

  return [
    [pinsRequest.name, () => list(session())],
    [pinRequest.name, pin],
    [unpinRequest.name, unpin],
  ];
}

/** What a stage gave last, up to the event that is shown, with what was set by hand. */
function lastOutput({ past }: Launched, stage: string): Json | undefined {
  if (past === null) return undefined;
  const seq = past.cursor.seq();
  const event = past.history.events.findLast(
    (each) =>
      each.seq <= seq &&
      (each.kind === "stage-succeeded" ||
        (each.kind === "value-overridden" && each.target.kind === "output")) &&
      addressKey(each.address) === stage,
  );
  if (event?.kind === "stage-succeeded") return past.history.value(event.output);
  return event?.kind === "value-overridden" ? past.history.value(event.value) : undefined;
}

async function stored<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof RunStoreError || (error instanceof Error && "code" in error))
      throw adapterErrors.unusablePins(error.message);
    throw error;
  }
}
