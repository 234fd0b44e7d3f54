/** Text as XML has it: what may be in no XML at all is replaced. */
export function escapedXml(text: string): string {
  return Array.from(text.toWellFormed(), (char) => {
    const code = char.codePointAt(0) ?? 0;
    const isAllowed = code >= 0x20 ? code !== 0xfffe && code !== 0xffff : char === "\n" || char === "\t";
    return isAllowed ? (ENTITIES[char] ?? char) : "\ufffd";
  }).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
