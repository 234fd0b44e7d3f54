/** Where a change stands in source control: staged, or not. */
export type GitGroup = "index" | "working-tree";

/** The group that a change is in which VS Code's Git extension gives to a menu; it numbers them. */
export function gitGroupOf(argument: unknown): GitGroup | undefined {
  if (typeof argument !== "object" || argument === null || !("resourceGroupType" in argument))
    return undefined;
  return argument.resourceGroupType === INDEX
    ? "index"
    : argument.resourceGroupType === WORKING_TREE
      ? "working-tree"
      : undefined;
}

const INDEX = 1;
const WORKING_TREE = 2;
