/** A series of Prometheus: its labels and its value. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Reads the text format of Prometheus as strictly as node_exporter's textfile collector does. Throws for a line that is not of
 * it, a series without HELP and TYPE before it, a name whose series do not stand together, a series that stands twice,
 * and a timestamp.
 */
export function readExposition(text: string): readonly Series[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const series: Series[] = [];
  const seen = new Set<string>();
  const described = new Set<string>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)+$/.exec(line);
    if (help !== null) {
      current = help[1] ?? "";
      if (described.has(current)) throw new Error(`${current} is described twice`);
      described.add(current);
      continue;
    }
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (type !== null) {
      if (type[1] !== current) throw new Error(`a type of ${type[1]} where ${current} is described`);
      continue;
    }
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\["\\n])*",?)*)\} (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/.exec(
        line,
      );
    if (sample === null) throw new Error(`no line of the format: ${line}`);
    const [, name = "", pairs = "", value = ""] = sample;
    if (name !== current) throw new Error(`${name} stands among ${current}`);
    const labels = Object.fromEntries(
      Array.from(pairs.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"/g), ([, label = "", raw = ""]) => [
        label,
        raw.replaceAll(/\\(["\\n])/g, (_, char: string) => (char === "n" ? "\n" : char)),
      ]),
    );
    const key = JSON.stringify([name, Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
    if (seen.has(key)) throw new Error(`${key} stands twice`);
    seen.add(key);
    series.push({ name, labels, value: Number(value) });
  }
  return series;
}
