import type { Change } from "#core/merge";
import type { NamedDiff } from "./diff-files.ts";

/** A diff as the document that `--format json` prints. */
export function diffDocument({ before, after, diff: { changes } }: NamedDiff): object {
  return {
    before: before.name,
    after: after.name,
    alike: changes.length === 0,
    changes: changes.map(documentOf),
  };
}

function documentOf(change: Change): object {
  switch (change.kind) {
    case "value-changed": {
      const { kind, stage, path, topic, before, after } = change;
      return {
        kind,
        stage,
        path,
        topic,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      };
    }
    case "stage-added":
    case "stage-removed":
    case "stage-renamed":
    case "stage-relocated":
    case "stage-reordered":
    case "branch-moved":
    case "container-changed":
      return change;
  }
}
