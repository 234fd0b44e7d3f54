import type { GatePoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { RunFile } from "../run-files.ts";
import type { PlanOf } from "./handling.ts";
import type { MarkOutput } from "./mark.ts";

/** A gate that the run has come to, as breakpoints see it. */
export interface GateView {
  readonly point: GatePoint;
  /** The path of the launched pipeline, absolute. */
  readonly launched: string;
  /** The file that the stage is written in. */
  readonly file: RunFile;
  /** Any stage of the run, as it was planned. */
  readonly planOf: PlanOf;
  /** What expressions see there. */
  readonly scope: () => Scope;
  readonly write: MarkOutput;
}
