import { type Content, type Member, membersOf, spotIn } from "./content.ts";

/** Joins two values: objects key by key, and so on within them; anything else is replaced. Keys keep their order, new ones follow. */
export function overlay(under: Content, over: Content): Content {
  const below = membersOf(under);
  const above = membersOf(over);
  if (below === null || above === null) return over;
  return { kind: "object", members: overlayMembers(below, above), spot: spotIn(over) };
}

/** The same for the members of two objects. */
export function overlayMembers(under: readonly Member[], over: readonly Member[]): readonly Member[] {
  const above = new Map(over.map((member) => [member.key, member]));
  const joined = under.map((member): Member => {
    const other = above.get(member.key);
    if (other === undefined) return member;
    above.delete(member.key);
    const value = overlay(member.value, other.value);
    // What is replaced is written where its replacement is; what is joined, in both.
    return value === other.value ? other : { ...member, value, spot: null };
  });
  return [...joined, ...above.values()];
}

/** The members with those of the same keys replaced as a whole. */
export function replaceMembers(under: readonly Member[], over: readonly Member[]): readonly Member[] {
  const joined = new Map(under.map((member) => [member.key, member]));
  for (const member of over) joined.set(member.key, member);
  return [...joined.values()];
}
