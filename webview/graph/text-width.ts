/** Parts of the font's size that a character is wide, rather too much than too little. */
const ORDINARY = 0.62;
const WIDE = 0.95;
const wide = /[A-Zmw@%\u2e80-\u{10ffff}]/u;

/** How wide a text is at most in the fonts that editors have, in pixels, without asking the page for it. */
export function roughWidth(text: string, fontSize: number): number {
  let parts = 0;
  for (const character of text) parts += wide.test(character) ? WIDE : ORDINARY;
  return parts * fontSize;
}

/** What a stage has for its name, on each of two lines, and for the line below it, in pixels. */
const NAME_LINE = 124;
const DETAIL_LINE = 100;

/** Whether a stage's name is sure to have room on its two lines, wherever it is broken. */
export function nameFits(name: string): boolean {
  return roughWidth(name, 13) <= 1.5 * NAME_LINE;
}

/** Whether the line below a stage's name is sure to have room beside its signs. */
export function detailFits(detail: string): boolean {
  return roughWidth(detail, 11) <= DETAIL_LINE;
}
