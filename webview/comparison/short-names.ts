/** Two names without the folders that both begin with: what tells them apart is to be seen where there is little room. */
export function shortNames(before: string, after: string): readonly [string, string] {
  let shared = 0;
  for (let at = 0; at < before.length && before[at] === after[at]; at++)
    if (before[at] === "/") shared = at + 1;
  return [before.slice(shared), after.slice(shared)];
}
