import type { ReactNode } from "react";
import type { ComparedRuns, ComparedStageRuns, RunFigure } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import type { ComparisonSession } from "./comparison-session.ts";
import {
  costWords,
  deltaWords,
  type FigureWords,
  figureWords,
  timeWords,
  tokenWords,
} from "./figure-words.ts";

/** How two runs went, stage by stage: outcome, time, tokens and cost of each, one beside the other. */
export function RunFigures({
  runs,
  session,
}: {
  readonly runs: ComparedRuns;
  readonly session: ComparisonSession;
}): ReactNode {
  const looked = useStoreValue(session.store, (model) => model.stage);
  const { stages, leftOut } = runs;
  return (
    <section className="figures" aria-label="How the runs went">
      <p className="figures-summary" role="note">
        {summaryWords(runs)}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Outcome</th>
            <th scope="col">Time</th>
            <th scope="col">Tokens</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          <tr className="figures-run">
            <th scope="row">Whole run</th>
            <Figures of={runs.run} />
          </tr>
          {stages.map((stage) => (
            <tr key={stage.address} data-alike={stage.alike} data-current={stage.stage === looked}>
              <th scope="row">
                <button type="button" className="figures-stage" onClick={() => session.lookAt(stage.stage)}>
                  {stage.address}
                </button>
                {stage.address === runs.firstDivergent ? (
                  <span className="figures-first">
                    <Codicon name="flag" /> first to differ
                  </span>
                ) : null}
                {stage.alike ? null : <span className="for-screen-readers">, differs</span>}
              </th>
              <Figures of={stage} />
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut.stages + leftOut.changes === 0 ? null : (
        <p className="figures-rest">{`${leftOut.stages} more stages and ${leftOut.changes} more differences are not shown: fm diff-runs has them all.`}</p>
      )}
    </section>
  );
}

function Figures({ of }: { readonly of: Omit<ComparedStageRuns, "address" | "stage" | "alike"> }): ReactNode {
  const { before, after } = of.outcome;
  return (
    <>
      <td>{before === after ? before : `${before ?? "not there"} → ${after ?? "not there"}`}</td>
      <FigureCell figure={of.durationMs} words={timeWords} />
      <FigureCell figure={of.tokens} words={tokenWords} />
      <FigureCell figure={of.costUsd} words={costWords} />
    </>
  );
}

function FigureCell({
  figure,
  words,
}: {
  readonly figure: RunFigure;
  readonly words: FigureWords;
}): ReactNode {
  const delta = deltaWords(figure, words);
  return (
    <td className="figure">
      {figureWords(figure, words) ?? "–"}
      {delta === null ? null : <span className="figure-delta"> {delta}</span>}
    </td>
  );
}

function summaryWords({ alike, firstDivergent }: ComparedRuns): string {
  if (alike) return "The runs are alike but for times and tokens.";
  return firstDivergent === null
    ? "All stages are alike; what differs is said in the list."
    : `The runs part first at ${firstDivergent}.`;
}
