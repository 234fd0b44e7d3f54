import type { Cause } from "./cause.ts";
import type { Written } from "./follow-written.ts";
import type { ValuePlace } from "./value-place.ts";

/** Where a value came from, one step back. */
export type Source =
  /** It should be what is at `place`; where it is not, `otherwise` is how it was made of that. */
  | { readonly kind: "one"; readonly place: ValuePlace; readonly text: string; readonly otherwise: Cause }
  /** From no one place. */
  | { readonly kind: "made"; readonly cause: Cause; readonly of: readonly ValuePlace[] };

/** What the file says, as a step back. */
export function ofWritten(written: Written): Source {
  switch (written.kind) {
    case "reference": {
      const { place, text } = written;
      return { kind: "one", place, text, otherwise: { kind: "computed", text } };
    }
    case "expression":
      return { kind: "made", cause: { kind: "computed", text: written.text }, of: written.places };
    case "constant":
      return ends({ kind: "written" });
    case "nothing":
      return ends({ kind: "default" });
  }
}

/** The way ends here. */
export function ends(cause: Cause): Source {
  return { kind: "made", cause, of: [] };
}
