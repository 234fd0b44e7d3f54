import type { Failure, FailureType } from "#core/ports";
import type { ModelFault } from "#protocol";

/** What went wrong in a call of a model of VS Code's, in FlowMason's error types, with what to do next. */
export function modelFailure(fault: ModelFault, asked: string | null): Failure {
  switch (fault.kind) {
    case "no-models":
      return failure(
        "VALIDATION",
        "VS Code offers no language model. Install an extension that brings some, such as GitHub Copilot Chat, sign in to it, and run again; or give the stage another provider.",
      );
    case "unknown-model":
      return failure(
        "VALIDATION",
        `VS Code offers no model "${asked}". It offers ${listed(fault.available)}. Name one of these as "model", or none for the first.`,
        "model",
      );
    case "not-allowed":
      return failure(
        "SECURITY",
        `VS Code does not let FlowMason use ${fault.model}${because(fault.reason)}. Run again and choose Allow when VS Code asks; where it does not ask, choose "Manage Language Model Access…" in its Accounts menu.`,
      );
    case "blocked":
      return failure(
        "EXECUTION",
        `${fault.model} does not answer FlowMason${because(fault.reason)}. A quota may be used up: wait, or choose another model.`,
      );
    case "gone":
      return failure(
        "VALIDATION",
        `${fault.model} is not there any more${because(fault.reason)}. Run again, or name another model.`,
        "model",
      );
    case "other":
      return {
        ...failure(
          "EXECUTION",
          `${fault.model ?? "VS Code"} gave no answer, or not all of it${because(fault.reason)}. Run it again; "retry" of the stage does so by itself.`,
        ),
        recoverable: true,
      };
  }
}

function listed(names: readonly string[]): string {
  const most = 30;
  const rest = names.length - most;
  return names.slice(0, most).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function because(reason: string): string {
  const said = reason.trim().slice(0, 2000).replace(/\.$/, "");
  return said === "" ? "" : `: ${said}`;
}

function failure(type: FailureType, message: string, field?: "model"): Failure {
  const told = { type, message, recoverable: false };
  return field === undefined ? told : { ...told, field };
}
