import type { ReactNode } from "react";
import { type Provenance, provenanceCounts } from "../model/provenance.ts";
import { originWords } from "../model/run-origin.ts";
import { useModel } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";
import { PastWords } from "./PastWords.tsx";

/** Whether what is shown is an exact replay, a live one or a fork, with a legend of where the results come from. */
export function RunOriginBanner(): ReactNode {
  const run = useModel((model) => model.run);
  if (run.origin === null) return null;
  const { icon, name, meaning } = originWords(run.origin);
  const counts = provenanceCounts(run);
  return (
    <div className="banner run-origin" data-severity="past" data-origin={run.origin.kind}>
      <Codicon name={icon} />
      <span className="banner-text" role="status">
        <strong>{name}</strong> {meaning}
        {run.origin.kind === "exact-replay" && run.past !== null ? (
          <>
            {" "}
            <PastWords past={run.past} />
          </>
        ) : null}
      </span>
      {counts.length === 0 ? null : (
        <ul className="provenance" aria-label="Where the results of stages are from">
          {counts.map(({ provenance, count, failed }) => (
            <li key={provenance} data-provenance={provenance}>
              <Codicon name={legend[provenance].icon} />
              {`${count} ${legend[provenance].words}${failed === 0 ? "" : `, ${failed} failed`}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const legend: Readonly<Record<Provenance, { readonly icon: string; readonly words: string }>> = {
  record: { icon: "archive", words: "from the record" },
  cache: { icon: "history", words: "from the cache" },
  pin: { icon: "pinned", words: "pinned" },
  ran: { icon: "pass-filled", words: "ran" },
};
