import type { Place } from "../messages.ts";

/** A module of the user's cannot be loaded, and this is why and where. */
export class ModuleFault extends Error {
  readonly place: Place | null;

  constructor(message: string, place: Place | null) {
    super(message);
    this.place = place;
  }
}
