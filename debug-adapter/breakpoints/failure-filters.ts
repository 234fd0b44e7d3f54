import type { DebugProtocol } from "@vscode/debugprotocol";
import { isJsonObject } from "#core/pipeline";
import type { Failure, FailureType, Json } from "#core/ports";

/** A failure that the run has come to. */
export interface FailureSeen {
  readonly failure: Failure;
  /** Whether the run goes on all the same: it is tried again, caught, or gone on without. */
  readonly isHandled: boolean;
}

interface FailureFilter {
  readonly label: string;
  readonly description: string;
  readonly takes: (seen: FailureSeen) => boolean;
}

const ofType = (type: FailureType, description: string): [string, FailureFilter] => [
  type,
  // As all else in the list of breakpoints, which is not the place to shout.
  {
    label: `${type.charAt(0)}${type.slice(1).toLowerCase()}`,
    description,
    takes: ({ failure }) => failure.type === type,
  },
];

/** What a person can have the run stop at, by the id that clients send. */
export const failureFilters: ReadonlyMap<string, FailureFilter> = new Map<string, FailureFilter>([
  [
    "all",
    {
      label: "All Failures",
      description: "Each attempt that fails, also when it is tried again or its failure is caught.",
      takes: () => true,
    },
  ],
  [
    "unhandled",
    {
      label: "Unhandled Failures",
      description:
        "Those that end the run: after the last retry, with no try, on_error or loop that goes on.",
      takes: ({ isHandled }) => !isHandled,
    },
  ],
  [
    "model-output",
    {
      label: "Invalid Model Output",
      description:
        "A model's answer is not the JSON that was asked for, or an output does not fit its schema.",
      takes: ({ failure }) => isInvalidOutput(failure),
    },
  ],
  [
    "over-budget",
    {
      label: "Over Budget",
      description: "The run, or a pipeline that it calls, used more tokens, money or time than it may.",
      takes: ({ failure }) => isOverBudget(failure),
    },
  ],
  ofType("CONNECTIVITY", "A server cannot be reached, is overloaded, or broke off."),
  ofType("TIMEOUT", "Something took longer than it may."),
  ofType("VALIDATION", "An input or a setting cannot be used."),
  ofType("EXPRESSION", "An expression asks for what is not there."),
  ofType("TRANSFORMATION", "A value cannot be made into what is wanted."),
  ofType("EXECUTION", "A component, a program or a server refused or failed."),
  ofType("SECURITY", "Something is not allowed, or a key is not accepted."),
]);

/** The filters as a client offers them; none is on from the beginning, since a run that fails says so by itself. */
export const exceptionBreakpointFilters: DebugProtocol.ExceptionBreakpointsFilter[] = Array.from(
  failureFilters,
  ([filter, { label, description }]) => ({
    filter,
    label,
    description,
    default: false,
    supportsCondition: true,
    conditionDescription: 'An expression over "error", such as error.attempt > 1',
  }),
);

/** Whether a budget was not kept. */
export function isOverBudget({ details }: Failure): boolean {
  // A limit of time that is no budget has a cap of another name.
  const cap = isJsonObject(details) ? details["cap"] : undefined;
  return cap === "tokens" || cap === "cost_usd" || cap === "wall_time";
}

function isInvalidOutput({ field, details }: Failure): boolean {
  return field === "output_schema" || hasMembers(details, "answer", "problems");
}

function hasMembers(details: Json | undefined, ...names: readonly string[]): boolean {
  return isJsonObject(details) && names.every((name) => Object.hasOwn(details, name));
}
