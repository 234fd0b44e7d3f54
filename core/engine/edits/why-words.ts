import type { Why } from "../resume/drop.ts";

/** Why a stage runs again, in a few words. What it names is as the file has it. */
export function whyWords(why: Why): string {
  switch (why.kind) {
    case "unfinished":
      return "had begun and not ended";
    case "failed":
      return "had failed";
    case "cancelled":
      return "had been cancelled";
    case "not-reached":
      return "had not been reached";
    case "changed":
      return `${why.what} has changed`;
    case "asked":
      return "is to run again";
    case "depends":
      return `waits for ${why.on}`;
    case "inside":
      return `is part of ${why.of}`;
  }
}
