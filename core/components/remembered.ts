/** Texts that are remembered, and their characters; longer ones are hardly written by hand, and so hardly come again. */
const mostTexts = 200;
const longestText = 5000;

/** The same function of a text, which remembers what it gave for those of late. */
export function remembered<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    if (text.length > longestText) return compute(text);
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    const [oldest] = results.keys();
    if (results.size === mostTexts && oldest !== undefined) results.delete(oldest);
    results.set(text, result);
    return result;
  };
}
