import type { Command } from "../command.ts";

/** `fm git`: pipelines in Git. */
export const gitCommand: Command = {
  name: "git",
  summary: "Have Git merge and show pipelines by what they say",
  usage: "install [--global|--local] | outline FILE",
  options: {
    global: { type: "boolean", help: "For all repositories of this user" },
    local: {
      type: "boolean",
      help: "For the repository around this folder, and nobody else's clone; this unless given",
    },
    command: {
      type: "string",
      value: "COMMAND",
      help: "How Git is to start fm; as it was started now unless given",
    },
  },
  details: `fm git install sets up for *.pipeline.json: a merge driver (merge, rebase, cherry-pick, stash and revert then merge
pipelines as fm merge does), what git diff and git log -p compare, and the merge tool "pipeline" (git mergetool -t
pipeline). Settings go to Git's configuration, and the attributes that name them to .git/info/attributes or, with --global,
to Git's file of attributes for this user. A file with open decisions is a conflict, holds what ours has there, and is
settled with git add. Git asks no driver in a merge of more than two branches at once.

fm git outline FILE prints what a pipeline says, a line each, for git diff.`,
  run: async (line, terminal) => (await import("./set-up-git.ts")).setUpGit(line, terminal),
};
