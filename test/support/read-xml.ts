/**
 * The texts between the tags of an XML document, entities resolved. Throws where it is not well formed: elements must
 * close in order, attributes be quoted, and every `&` begin an entity.
 */
export function textsOfXml(xml: string): readonly string[] {
  const open: string[] = [];
  const texts: string[] = [];
  let at = 0;
  for (const match of xml.matchAll(TAG)) {
    texts.push(resolved(xml.slice(at, match.index)));
    at = match.index + match[0].length;
    const [, closing = "", name = "", attributes = "", empty = ""] = match;
    for (const [, value = ""] of attributes.matchAll(/="([^"]*)"/g)) resolved(value);
    if (closing === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else if (empty === "") open.push(name);
  }
  resolved(xml.slice(at));
  if (open.length > 0) throw new Error(`<${open.join("> <")}> is left open`);
  return texts;
}

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?: [\w:-]+="[^"<]*")*)(\/?)>/g;

function resolved(text: string): string {
  const stray = /<|&(?!(?:amp|lt|gt|quot|#\d+);)|(?![\t\n\r])\p{Cc}/u.exec(text);
  if (stray !== null) throw new Error(`${JSON.stringify(stray[0])} at ${stray.index} of ${text}`);
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
