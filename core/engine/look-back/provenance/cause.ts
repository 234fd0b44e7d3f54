/** How a value came to be where it is. */
export type Cause =
  /** It is what is at the next place, unchanged. */
  | { readonly kind: "passed"; readonly text: string }
  /** An expression of the file, or several, made it of others. */
  | { readonly kind: "computed"; readonly text: string }
  /** A component made it, of its inputs. */
  | { readonly kind: "made"; readonly component: string }
  /** The stage did not run: the output was kept of another run, or the stage is pinned to it. */
  | { readonly kind: "cached"; readonly from: "cache" | "pin"; readonly run: string | null }
  /** A person set it in a debugger. */
  | { readonly kind: "by-hand" }
  /** It stands in the file. */
  | { readonly kind: "written" }
  /** The file says nothing of it: the component, or the called pipeline, has a default. */
  | { readonly kind: "default" }
  /** The run was started with it. */
  | { readonly kind: "given" }
  /** The run itself has it: its environment, its number, the index of a round. */
  | { readonly kind: "around" }
  /** Nothing is there: the path leads no further. */
  | { readonly kind: "absent" }
  /** The record does not have it. */
  | { readonly kind: "unknown" };

/** A cause as a person reads it: a sentence's end, after the name of the place. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case "passed":
      return cause.text === "" ? "passed on as it is" : `passed on by ${cut(cause.text)}`;
    case "computed":
      return cause.text === "" ? "put together" : `computed by ${cut(cause.text)}`;
    case "made":
      return `made by ${cause.component}`;
    case "cached":
      return `${cause.from === "pin" ? "pinned" : "from the cache"}${cause.run === null ? "" : ` by run ${cause.run}`}; the stage did not run`;
    case "by-hand":
      return "set by hand";
    case "written":
      return "written in the file";
    case "default":
      return "a default";
    case "given":
      return "given when the run was started";
    case "around":
      return "the run's own";
    case "absent":
      return "nothing is there";
    case "unknown":
      return "not in the record";
  }
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
