import { isJsonObject, type PipelineDocument, type Problem, stageById } from "#core/pipeline";
import { calledIn, type StaticCall } from "./called-in.ts";
import { type Callees, nameOf } from "./callees.ts";
import { checkInput } from "./check-input.ts";
import { stageProblem } from "./plan-problem.ts";
import type { PipelinePlan } from "./run-plan.ts";

/**
 * What keeps a pipeline from being started about those it calls by name, directly or not; at places of the resolved
 * document.
 */
export function* callProblems(plan: PipelinePlan, callees: Callees): Iterable<Problem> {
  const { document } = plan.resolved;
  for (const call of calledIn(plan)) {
    const found = callees.find(call.reference, [plan]);
    if (found.ok) yield* inputProblems(document, call, found.plan);
    else yield problemAt(document, call, CODES[found.kind], `Stage "${call.stage.id}": ${found.message}`);
  }
}

const CODES = { "not-found": "FM2030", unusable: "FM2031", cycle: "FM2032" } as const;

/** An input that does not depend on the run can be checked before it. */
function* inputProblems(
  document: PipelineDocument,
  call: StaticCall,
  callee: PipelinePlan,
): Iterable<Problem> {
  const input = call.stage.inputs.constant?.value["input_data"];
  if (!isJsonObject(input)) return;
  const checked = checkInput(callee.inputSchema, input);
  if (checked.ok) return;
  const message = `Stage "${call.stage.id}" calls ${nameOf(callee)} with an input that it does not take. ${checked.messages.join(" ")}`;
  yield problemAt(document, call, "FM2033", message);
}

function problemAt(
  document: PipelineDocument,
  { stage }: StaticCall,
  code: string,
  message: string,
): Problem {
  const source = stageById(document, stage.id);
  if (source === undefined) throw new Error(`The document has no stage "${stage.id}".`);
  const written = [...source.inputMapping, ...source.config].find(({ key }) => key === "pipeline_id");
  return stageProblem(document, source, code, message, written?.value.span ?? source.idSpan);
}
