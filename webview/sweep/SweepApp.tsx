import type { ReactNode } from "react";
import { useStoreValue } from "../store/store.ts";
import { SweepRow } from "./SweepRow.tsx";
import type { SweepSession } from "./sweep-session.ts";

/** What came of each value of a setting, one beside the other. */
export function SweepApp({ session }: { readonly session: SweepSession }): ReactNode {
  const sweep = useStoreValue(session.store, (shown) => shown);
  if (sweep === null) return null;
  const { place, run, stage, rows } = sweep;
  return (
    <main className="sweep">
      <h1>Values of {place}</h1>
      <p className="sweep-about">
        Each is a fork of run <code>{run}</code>, in which only what uses the value ran again. Time, tokens
        and cost are without what was taken over.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Outcome</th>
            <th scope="col">Output of {stage}</th>
            <th scope="col" className="figure">
              Time
            </th>
            <th scope="col" className="figure">
              Tokens
            </th>
            <th scope="col" className="figure">
              Cost
            </th>
            <th scope="col">Run</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value may be tried twice, and rows stay where they are.
            <SweepRow key={index} row={row} stage={stage} session={session} />
          ))}
        </tbody>
      </table>
    </main>
  );
}
