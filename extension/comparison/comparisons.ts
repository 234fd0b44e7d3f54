import * as vscode from "vscode";
import { type KeptComparison, keptComparison } from "#protocol";
import { activePipeline } from "../active-pipeline.ts";
import type { CallStackPlace } from "../debug/call-stack-place.ts";
import type { ListRuns } from "../debug/debug-recorded-run.ts";
import type { SessionRuns } from "../debug/session-runs.ts";
import { Refusal } from "../edge.ts";
import { chooseRevision } from "./choose-revision.ts";
import { type CompareRecorded, chooseTwoRuns, runComparison, type TwoRuns } from "./compare-runs.ts";
import { type ComparedSource, documentSource, INDEX, revisionSource, sourceAt } from "./compared-source.ts";
import {
  type Compared,
  type ComparisonHost,
  type ComparisonPanel,
  createComparisonPanel,
  showComparison,
} from "./comparison-panel.ts";
import { repositoryOf } from "./git-extension.ts";
import type { GitGroup } from "./git-group.ts";
import { keptSource, sourceKept } from "./kept-comparison.ts";
import { chooseRunSnapshot, type RecordedPipeline } from "./run-snapshot.ts";

/** The ways to compare pipelines. Where no file is named it is the one in front. */
export interface Comparisons {
  /** Two files; of more, or fewer, it is refused. */
  compareSelected(files: readonly vscode.Uri[]): void;
  compareWithHead(file: vscode.Uri | undefined): Promise<void>;
  compareWithBranch(file: vscode.Uri | undefined): Promise<void>;
  compareWithRun(file: vscode.Uri | undefined, list: ListRuns, read: RecordedPipeline): Promise<void>;
  /** Two recorded runs, which the user chooses where none are given: of a session of the debugger its own is one. */
  compareRuns(
    list: ListRuns,
    given: { readonly runs?: TwoRuns; readonly menu?: CallStackPlace | undefined },
  ): Promise<void>;
  /**
   * A change in Source Control: a staged one is compared with HEAD as it is in Git's index, another with what is staged of
   * it. Else what the text diff in front compares; else the file with HEAD.
   */
  openVisualDiff(file: vscode.Uri | undefined, group: GitGroup | undefined): Promise<void>;
  /** Fills a panel that is there again after the window was loaded anew, with what its page has kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  step(to: "next" | "previous"): void;
}

/** Where recorded runs come from. */
export interface RecordedSource {
  readonly compareRecorded: CompareRecorded;
  readonly sessionRuns: SessionRuns;
}

/** Opens comparisons in panels of their own. */
export function createComparisons(host: ComparisonHost & RecordedSource): Comparisons {
  const open = new Set<ComparisonPanel>();
  const showIn = (panel: vscode.WebviewPanel, compared: Compared): void => {
    const comparison = showComparison(panel, compared, host);
    open.add(comparison);
    panel.onDidDispose(() => open.delete(comparison));
  };
  const show = (before: ComparedSource, after: ComparedSource): void => {
    const kept: KeptComparison = {
      kind: "pipelines",
      before: keptSource(before),
      after: keptSource(after),
    };
    showIn(createComparisonPanel({ before, after }), { sources: { before, after }, kept });
  };
  const comparedRuns = async ({ folder, before, after }: TwoRuns): Promise<Compared> => {
    const { sources, shown } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: "Comparing runs…" },
      () => runComparison({ folder, before, after }, host.compareRecorded),
    );
    const kept: KeptComparison = { kind: "runs", folder, before, after };
    return { sources, kept, made: () => Promise.resolve(shown) };
  };
  const comparedAgain = async (kept: KeptComparison): Promise<Compared> => {
    switch (kept.kind) {
      case "pipelines":
        return { sources: { before: sourceKept(kept.before), after: sourceKept(kept.after) }, kept };
      case "runs":
        return await comparedRuns(kept);
    }
  };

  const withRevision = async (file: vscode.Uri, revision: string): Promise<void> =>
    show(revisionSource(await nameBefore(file), revision), documentSource(file));
  const compareWithHead = (file: vscode.Uri | undefined): Promise<void> => withRevision(fileOf(file), "HEAD");

  return {
    compareSelected(files) {
      const [before, after, ...more] = files;
      if (before === undefined || after === undefined || more.length > 0)
        throw new Refusal("Select two pipeline files in the explorer to compare them.");
      show(documentSource(before), documentSource(after));
    },
    compareWithHead,
    async compareWithBranch(file) {
      const target = fileOf(file);
      const revision = await chooseRevision((await repositoryOf(target)).repository);
      if (revision !== undefined) await withRevision(target, revision);
    },
    async compareWithRun(file, list, read) {
      const snapshot = await chooseRunSnapshot(list, read, file ?? activePipeline());
      if (snapshot === undefined) return;
      const now = snapshot.file ?? file ?? activePipeline();
      if (now === undefined)
        throw new Refusal(
          "The run was of a pipeline in no file. Open the pipeline to compare it with first.",
        );
      show(snapshot.source, documentSource(now));
    },
    async compareRuns(list, { runs, menu }) {
      const chosen = runs ?? (await chooseTwoRuns(list, host.sessionRuns, menu));
      if (chosen === undefined) return;
      const compared = await comparedRuns(chosen);
      showIn(createComparisonPanel(compared.sources), compared);
    },
    async openVisualDiff(file, group) {
      // Source control offers it on every file, as it tells no name to choose by.
      if (file !== undefined && !file.path.endsWith(".json"))
        throw new Refusal(
          `${vscode.workspace.asRelativePath(file)} is no pipeline: there is no visual diff of it.`,
        );
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      const isThis =
        input instanceof vscode.TabInputTextDiff &&
        (file === undefined ||
          [input.original, input.modified].some((uri) => uri.toString() === file.toString()));
      if (file !== undefined && group === "index")
        show(revisionSource(await nameBefore(file), "HEAD"), revisionSource(file, INDEX));
      else if (file !== undefined && group === "working-tree" && (await isStaged(file)))
        show(revisionSource(file, INDEX), documentSource(file));
      // What Git shows of a revision may be what its textconv made of it: it is asked for what was committed.
      else if (isThis && group === undefined) show(sourceAt(input.original), sourceAt(input.modified));
      else await compareWithHead(file);
    },
    async restore(panel, state) {
      try {
        // Of another version, or gone before it had loaded: there is nothing to show.
        const kept = keptComparison.safeParse(state);
        if (kept.success) showIn(panel, await comparedAgain(kept.data));
        else panel.dispose();
      } catch (error) {
        panel.dispose();
        throw error;
      }
    },
    step(to) {
      const active = [...open].find(({ panel }) => panel.active);
      if (active === undefined) throw new Refusal("Open a comparison of two pipelines first.");
      active.step(to);
    },
  };
}

/** What a file was called in HEAD. */
async function nameBefore(file: vscode.Uri): Promise<vscode.Uri> {
  const { repository } = await repositoryOf(file);
  const { indexChanges, workingTreeChanges } = repository.state;
  const renamed = [...indexChanges, ...workingTreeChanges].find(
    ({ uri, renameUri }) => (renameUri ?? uri).toString() === file.toString(),
  );
  return renamed?.originalUri ?? file;
}

async function isStaged(file: vscode.Uri): Promise<boolean> {
  const { repository } = await repositoryOf(file);
  return repository.state.indexChanges.some(
    ({ uri, renameUri }) => (renameUri ?? uri).toString() === file.toString(),
  );
}

function diskFile(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === "git" ? vscode.Uri.file(uri.path) : uri;
}

function fileOf(uri: vscode.Uri | undefined): vscode.Uri {
  const target = uri ?? activePipeline();
  if (target === undefined) throw new Refusal("Open a pipeline first, on the canvas or as text.");
  if (target.scheme !== "file" && target.scheme !== "git")
    throw new Refusal(`Git has nothing of ${target.toString()}: it is no file on a disk.`);
  return diskFile(target);
}
