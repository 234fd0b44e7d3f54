import type { Choice, Decision } from "#core/merge";
import { UsageError } from "../command.ts";

/** A way to decide that has a name. */
type NamedChoice = Extract<Choice, string>;

/** What `--choose ID=ours` and the like say, by the id of the decision. Throws {@link UsageError}. */
export function choicesOf(texts: readonly string[]): ReadonlyMap<string, NamedChoice> {
  return new Map(
    texts.map((text) => {
      // An id may have a "=" in it, a choice has none.
      const end = text.lastIndexOf("=");
      const choice = text.slice(end + 1);
      if (end < 1 || !isNamedChoice(choice))
        throw new UsageError(
          `--choose is the id of a decision, "=" and ours, theirs, base or both, not "${text}".`,
        );
      return [text.slice(0, end), choice] as const;
    }),
  );
}

/** Throws {@link UsageError} where something was chosen that is not there to be decided, or not in that way. */
export function expectChoices(
  choices: ReadonlyMap<string, NamedChoice>,
  decisions: readonly Decision[],
): void {
  for (const [id, choice] of choices) {
    const decision = decisions.find((each) => each.id === id);
    if (decision === undefined)
      throw new UsageError(
        `With these choices there is no decision "${id}" in this merge. --format json lists all decisions with their ids.`,
      );
    if (!decision.resolutions.includes(choice))
      throw new UsageError(
        `The decision "${id}" is one of ${decision.resolutions.join(", ")}, not ${choice}. ${decision.message}`,
      );
  }
}

function isNamedChoice(text: string): text is NamedChoice {
  return text === "ours" || text === "theirs" || text === "base" || text === "both";
}
