import type { PipelineContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";

/** Whether the sides have a stage as different components, which read different fields. */
export function isOtherComponent(
  { ours, theirs }: { readonly ours: PipelineContent; readonly theirs: PipelineContent },
  key: string,
): boolean {
  const [one, other] = [ours, theirs].map(({ stages }) => stages.find((stage) => stage.key === key));
  return one !== undefined && other !== undefined && componentOf(one) !== componentOf(other);
}
