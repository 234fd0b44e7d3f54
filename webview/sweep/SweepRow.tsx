import type { ReactNode } from "react";
import type { SweepRow as Row, SweptRun } from "#protocol";
import { costWords, timeWords, tokenWords } from "../comparison/figure-words.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { SweptOutputs } from "./SweptOutputs.tsx";
import type { SweepSession } from "./sweep-session.ts";

/** What came of one value, with the ways to its fork. */
export function SweepRow({
  row: { value, outcome },
  stage,
  session,
}: {
  readonly row: Row;
  /** The stage whose outputs are shown, by its id in the file. */
  readonly stage: string;
  readonly session: SweepSession;
}): ReactNode {
  if (outcome === null)
    return (
      <tr data-outcome="none">
        <th scope="row">{value}</th>
        <td>
          <Codicon name="circle-slash" /> did not run
        </td>
        <td>–</td>
        <td className="figure">–</td>
        <td className="figure">–</td>
        <td className="figure">–</td>
        <td>–</td>
      </tr>
    );
  const { runId, status, failure, outputs, moreOutputs, durationMs, tokens, costUsd } = outcome;
  return (
    <tr data-outcome={status}>
      <th scope="row">{value}</th>
      <td>
        <Codicon name={icons[status]} /> {words[status]}
        {failure === null ? null : <span className="sweep-failure">{failure}</span>}
      </td>
      <td className="sweep-output">
        <SweptOutputs stage={stage} outputs={outputs} more={moreOutputs} />
      </td>
      <td className="figure">{durationMs === null ? "–" : timeWords(durationMs)}</td>
      <td className="figure">{tokens === null ? "–" : tokenWords(tokens)}</td>
      <td className="figure">{costUsd === null ? "–" : costWords(costUsd)}</td>
      <td className="sweep-run">
        <code>{runId}</code>
        <span>
          <button type="button" aria-label={`Open run ${runId}`} onClick={() => session.openRun(runId)}>
            Open
          </button>
          <button
            type="button"
            aria-label={`Compare run ${runId} with the one that it was forked from`}
            onClick={() => session.compareRun(runId)}
          >
            Compare
          </button>
        </span>
      </td>
    </tr>
  );
}

const words: Readonly<Record<SweptRun["status"], string>> = {
  "not-started": "did not begin",
  running: "did not end",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
};

const icons: Readonly<Record<SweptRun["status"], string>> = {
  "not-started": "circle-slash",
  running: "question",
  succeeded: "pass",
  failed: "error",
  cancelled: "circle-slash",
};
