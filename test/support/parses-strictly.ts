/** Whether a text is plain JSON. */
export function parsesStrictly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
