import type { ReactNode } from "react";
import type { DiffTopic } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { listedChanges, topicCounts } from "./comparison-model.ts";
import type { ComparisonSession } from "./comparison-session.ts";
import { shortNames } from "./short-names.ts";

/** What is compared, the way through its changes, and what of them is listed. */
export function ComparisonBar({ session }: { readonly session: ComparisonSession }): ReactNode {
  const model = useStoreValue(session.store, (whole) => whole);
  const { shown, arrangement, change } = model;
  if (shown?.kind !== "compared") return null;
  const [before, after] = shortNames(shown.before.name, shown.after.name);
  const listed = listedChanges(model);
  const at = change === null ? -1 : listed.indexOf(change);
  return (
    <header className="comparison-bar">
      <h1 className="comparison-title">
        <Name whole={shown.before.name} short={before} />
        <Codicon name="arrow-right" />
        <span className="for-screen-readers">compared with</span>
        <Name whole={shown.after.name} short={after} />
      </h1>
      <fieldset className="filters">
        <legend className="for-screen-readers">Changes that are listed</legend>
        {Array.from(topicCounts(model), ([topic, count]) => (
          <button
            key={topic}
            type="button"
            className="filter"
            aria-pressed={!model.hidden.has(topic)}
            onClick={() => session.toggle(topic)}
          >
            {topicNames[topic]} {count}
          </button>
        ))}
      </fieldset>
      <span className="change-counter" role="status">
        {counterWords(at, listed.length)}
      </span>
      <span className="comparison-tools">
        <Tool icon="arrow-up" label="Previous Change (Shift+F7)" act={() => session.step("previous")} />
        <Tool icon="arrow-down" label="Next Change (F7)" act={() => session.step("next")} />
        <Tool
          icon="split-horizontal"
          label="Side by Side"
          pressed={arrangement === "sides"}
          act={() => session.arrange(arrangement === "sides" ? "union" : "sides")}
        />
        <Tool icon="screen-full" label="Show Whole Graph" act={() => session.view.order({ kind: "fit" })} />
        <Tool icon="json" label="Compare as Text" act={session.openTextDiff} />
      </span>
    </header>
  );
}

/** Cut off at its beginning where there is no room: at its end it says which version it is. */
function Name({ whole, short }: { readonly whole: string; readonly short: string }): ReactNode {
  return (
    <span className="comparison-name" title={whole}>
      <bdi>{short}</bdi>
    </span>
  );
}

function counterWords(at: number, count: number): string {
  if (count === 0) return "No changes";
  if (at < 0) return count === 1 ? "1 change" : `${count} changes`;
  return `Change ${at + 1} of ${count}`;
}

const topicNames: Readonly<Record<DiffTopic, string>> = {
  stages: "Stages",
  config: "Config",
  prompts: "Prompts",
  edges: "Edges",
  schemas: "Schemas",
  order: "Order",
  pipeline: "Pipeline",
  layout: "Layout",
  other: "Other",
  outcomes: "Outcomes",
  inputs: "Inputs",
  outputs: "Outputs",
};

function Tool({
  icon,
  label,
  act,
  pressed,
}: {
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
  readonly pressed?: boolean;
}): ReactNode {
  return (
    <button
      type="button"
      className="tool"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={act}
    >
      <Codicon name={icon} />
    </button>
  );
}
