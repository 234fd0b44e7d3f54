import fc from "fast-check";

/** How a generated pipeline is written down. */
export interface WritingStyle {
  readonly indent: string;
  readonly eol: "\n" | "\r\n";
  readonly minified: boolean;
  /** Put each `depends_on` list on one line, as people do. */
  readonly inlineLists: boolean;
  readonly comments: boolean;
  readonly finalNewline: boolean;
  /** Write `"key" : value`, as some tools do. */
  readonly spaceBeforeColon: boolean;
}

/** A pipeline as plain JSON, with its text in some style. */
export interface ArbitraryPipeline {
  readonly json: PlainPipeline;
  readonly style: WritingStyle;
  readonly text: string;
}

export interface PlainPipeline {
  readonly [key: string]: unknown;
  readonly stages: readonly PlainStage[] | Readonly<Record<string, PlainStage>>;
}

export interface PlainStage {
  readonly [key: string]: unknown;
}

export const arbitraryStyle: fc.Arbitrary<WritingStyle> = fc.record({
  indent: fc.constantFrom("  ", "    ", "\t", " "),
  eol: fc.constantFrom("\n" as const, "\r\n" as const),
  minified: fc.boolean(),
  inlineLists: fc.boolean(),
  comments: fc.boolean(),
  finalNewline: fc.boolean(),
  spaceBeforeColon: fc.boolean(),
});

const ids = ["a", "b", "c", "d", "e", "f", "g"] as const;

const config = fc.dictionary(
  fc.constantFrom("prompt", "message", "data", "__proto__"),
  fc.constantFrom<unknown>(
    "x",
    "{{upstream.a.content}}",
    "{{b.output.content}}",
    "{{len(input.x)}}",
    1,
    null,
    [1, { k: [] }],
    'é\n"',
  ),
  { maxKeys: 2, noNullPrototype: true },
);

const stageFields = fc.record(
  {
    name: fc.constantFrom("First", "Zwei"),
    config,
    position: fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) }),
    custom: fc.constantFrom<unknown>(true, { deep: [] }, []),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Pipelines without cycles, in the list or the map dialect, with bodies of both kinds. */
export const arbitraryPipeline: fc.Arbitrary<ArbitraryPipeline> = fc
  .record({
    count: fc.integer({ min: 0, max: ids.length }),
    dialect: fc.constantFrom("list", "init", "map"),
    extras: fc.array(stageFields, { minLength: ids.length, maxLength: ids.length }),
    dependencies: fc.array(fc.nat(2 ** ids.length - 1), { minLength: ids.length, maxLength: ids.length }),
    loop: fc.boolean(),
    layout: fc.boolean(),
    stagesFirst: fc.boolean(),
    style: arbitraryStyle,
  })
  .map(({ count, dialect, extras, dependencies, loop, layout, stagesFirst, style }) => {
    const names = ids.slice(0, count);
    const stages = names.map((id, index): PlainStage => {
      const dependsOn = names
        .slice(0, index)
        .filter((_, bit) => ((dependencies[index] ?? 0) >> bit) % 2 === 1);
      const key = dialect === "list" ? "component_type" : "component";
      return {
        ...(dialect === "map" ? {} : { id }),
        [key]: index === 1 && loop ? "foreach" : "generator",
        ...(dependsOn.length > 0 ? { depends_on: dependsOn } : {}),
        ...extras[index],
        ...(index === 1 && loop ? loopBody(dialect, extras[index]) : {}),
      };
    });
    const around = {
      name: "p",
      ...(layout ? { layout: Object.fromEntries(names.map((id, x) => [id, { x, y: 0 }])) } : {}),
    };
    const body =
      dialect === "map" ? Object.fromEntries(names.map((id, index) => [id, stages[index] ?? {}])) : stages;
    const json: PlainPipeline = stagesFirst
      ? { stages: body, ...around }
      : { ...around, stages: body, output_stage_id: "a" };
    return { json, style, text: writeInStyle(json, style) };
  });

/** Writes JSON as a person with that style would. */
export function writeInStyle(json: unknown, style: WritingStyle): string {
  const text = style.minified ? JSON.stringify(json) : pretty(json, style, 0);
  const commented = style.comments && !style.minified ? `// a pipeline${style.eol}${text}` : text;
  return style.finalNewline ? commented + style.eol : commented;
}

/** Writes JSON with something odd from `trivia` between any two tokens, and commas after last elements. */
export function writeWildly(json: unknown, trivia: readonly string[], trailingCommas: boolean): string {
  let used = 0;
  const gap = (): string => trivia[used++ % trivia.length] ?? "";
  const write = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return gap() + JSON.stringify(value) + gap();
    const isList = Array.isArray(value);
    const parts = isList
      ? value.map(write)
      : Object.entries(value).map(([key, item]) => `${gap()}${JSON.stringify(key)}${gap()}:${write(item)}`);
    const [open, close] = isList ? "[]" : "{}";
    const last = trailingCommas && parts.length > 0 ? "," : "";
    return `${gap()}${open}${parts.join(",")}${last}${gap()}${close}${gap()}`;
  };
  return write(json);
}

function loopBody(dialect: string, extra: PlainStage | undefined): PlainStage {
  const given = extra?.["config"];
  if (dialect !== "map")
    return { config: { ...(given as object | undefined), items: [], loop_stages: ["c", "d"] } };
  return {
    loop_stages: {
      inner: { component: "generator", config: { prompt: "{{item}}" } },
      last: { component: "logger", depends_on: ["inner"] },
    },
  };
}

function pretty(value: unknown, style: WritingStyle, depth: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const colon = style.spaceBeforeColon ? " : " : ": ";
  const parts = isList
    ? value.map((item) => pretty(item, style, depth + 1))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}${colon}${pretty(item, style, depth + 1)}`,
      );
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  if (isList && style.inlineLists && parts.every((part) => !part.includes("\n")))
    return `[${parts.join(", ")}]`;
  const inner = style.indent.repeat(depth + 1);
  const lines = parts.map((part, index) => {
    const comma = index + 1 < parts.length ? "," : "";
    const comment = style.comments && index === 0 ? " // first" : "";
    return `${inner}${part}${comma}${comment}`;
  });
  return `${open}${style.eol}${lines.join(style.eol)}${style.eol}${style.indent.repeat(depth)}${close}`;
}
