import type { Failure, FailureType } from "#core/ports";

/**
 * Whether a catch that lists these types takes this failure. None listed takes all. A type may be written as
 * FlowMason's error type or as the name of a Python exception, as older files do (facts, section 3).
 */
export function catches(listed: readonly string[], failure: Failure): boolean {
  if (listed.length === 0) return true;
  return listed.some((written) => {
    // Python's modules make no difference: `asyncio.TimeoutError`.
    const name = written.slice(written.lastIndexOf(".") + 1);
    return (
      name.toUpperCase() === failure.type ||
      NAMES.get(name)?.includes(failure.type) === true ||
      EVERYTHING.has(name)
    );
  });
}

const EVERYTHING: ReadonlySet<string> = new Set(["Exception", "BaseException", "Error"]);

const NAMES: ReadonlyMap<string, readonly FailureType[]> = new Map<string, readonly FailureType[]>([
  ["ConnectionError", ["CONNECTIVITY"]],
  ["ProviderError", ["CONNECTIVITY", "SECURITY"]],
  ["TimeoutError", ["TIMEOUT"]],
  ["ValidationError", ["VALIDATION"]],
  ["ValueError", ["VALIDATION"]],
  ["TypeError", ["VALIDATION", "EXPRESSION"]],
  // What Python raises for a path that leads nowhere.
  ["KeyError", ["EXPRESSION"]],
  ["IndexError", ["EXPRESSION"]],
  ["AttributeError", ["EXPRESSION"]],
  ["LookupError", ["EXPRESSION"]],
  // Of these, ConnectionError and TimeoutError are kinds.
  ["OSError", ["CONNECTIVITY", "TIMEOUT"]],
  ["JSONDecodeError", ["TRANSFORMATION"]],
  ["MappingExecutionError", ["EXPRESSION"]],
  ["ExpressionError", ["EXPRESSION"]],
  ["TransformationError", ["TRANSFORMATION"]],
  ["ComponentExecutionError", ["EXECUTION"]],
  ["RuntimeError", ["EXECUTION"]],
  ["PermissionError", ["SECURITY"]],
  ["ControlFlowError", ["CONTROL_FLOW"]],
  ["RetryExhaustedError", ["RETRY_EXHAUSTED", "CONNECTIVITY", "TIMEOUT"]],
]);
