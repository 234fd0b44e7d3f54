import type { Drawing, DrawnGroup, DrawnNode } from "./drawing.ts";

/** Nodes that a format draws in a box of their own, or beside all such. */
export interface RootBlock {
  readonly group: DrawnGroup | null;
  readonly nodes: readonly DrawnNode[];
}

/**
 * The roots in the groups that can have a box: those whose stages are all roots and in no group before. The others are
 * `loose`: of them only words can be written.
 */
export function groupedRoots({ roots, groups }: Drawing): {
  readonly blocks: readonly RootBlock[];
  readonly loose: readonly DrawnGroup[];
} {
  const byKey = new Map(roots.map((node) => [node.key, node]));
  const boxed: DrawnGroup[] = [];
  const ungrouped = new Map(byKey);
  for (const group of groups) {
    if (!group.stages.every((key) => ungrouped.has(key))) continue;
    for (const key of group.stages) ungrouped.delete(key);
    boxed.push(group);
  }
  const blocks = boxed.map((group) => ({
    group,
    nodes: group.stages.flatMap((key) => byKey.get(key) ?? []),
  }));
  return {
    blocks: [...blocks, { group: null, nodes: [...ungrouped.values()] }],
    loose: groups.filter((group) => !boxed.includes(group)),
  };
}

/** A group in words: its title, and the names of its stages. */
export function groupInWords({ title, names }: DrawnGroup): string {
  return `Group ${title}: ${names.join(", ")}`;
}
