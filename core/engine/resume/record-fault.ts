/** The events of a record do not fit together, or a value of them is missing: it was damaged or edited. */
export class RecordFault extends Error {
  /** `where` is what does not fit: "event 34", "the value …"; `cause` says why. */
  constructor(where: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `The record does not fit together at ${where}: ${why} It was damaged or edited, so that no run can go on from it; fm show shows what is left.`,
      { cause },
    );
  }
}
