/** What Git writes where it could not merge lines, at the beginning of one. */
const marker = /^<{7} /m;

/** Whether a text is full of what Git writes where it could not merge lines. */
export function hasMarkers(text: string): boolean {
  return marker.test(text);
}
