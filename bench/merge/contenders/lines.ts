import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { diff3Merge } from "node-diff3";
import type { MergeContender } from "./contender.ts";

/** Line by line, in this process. */
export const nodeDiff3: MergeContender = {
  name: "node-diff3, by lines",
  merge({ base, ours, theirs }) {
    const regions = diff3Merge(ours.split("\n"), base.split("\n"), theirs.split("\n"));
    if (regions.some(({ conflict }) => conflict !== undefined)) return { kind: "conflict" };
    return { kind: "merged", text: regions.flatMap(({ ok }) => ok ?? []).join("\n") };
  },
};

/** `git merge-file`, which is what Git does with a file that it knows nothing of: a process and three files. */
export function gitMergeFile(): MergeContender & { close(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "flowmason-bench-"));
  const files = ["ours", "base", "theirs"].map((name) => path.join(folder, name));
  return {
    name: "git merge-file, by lines",
    merge({ base, ours, theirs }) {
      [ours, base, theirs].forEach((text, index) => writeFileSync(files[index] ?? "", text));
      const { status, stdout } = spawnSync("git", ["merge-file", "-p", ...files], {
        encoding: "utf8",
        maxBuffer: 1 << 28,
      });
      if (status === 0) return { kind: "merged", text: stdout };
      // From 1 to 127 it is the number of conflicts.
      return status !== null && status > 0 && status < 128 ? { kind: "conflict" } : { kind: "failed" };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
