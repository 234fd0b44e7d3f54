/** Whether this is `npm run soak`, which does all of what `npm test` does a share of. */
export const isSoak = process.env["FLOWMASON_SOAK"] === "1";

/** How many cases: a share, or all of them. */
export function cases(share: number, all: number): number {
  return isSoak ? all : share;
}
