import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { rules } from "#core/checks";
import { fm, temporaryFolder } from "../support/fm.ts";

/** What SARIF 2.1.0 asks of the parts that a log of ours has; a property that it does not know is refused. */
const message = z.strictObject({ text: z.string().min(1) });
const line = z.int().min(1);
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({ uri: z.string(), uriBaseId: z.string().optional() }),
  region: z.strictObject({ startLine: line, startColumn: line, endLine: line, endColumn: line }).optional(),
});
const level = z.enum(["none", "note", "warning", "error"]);
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0).optional(),
  level,
  message,
  locations: z.array(
    z.strictObject({
      physicalLocation,
      logicalLocations: z.array(z.strictObject({ name: z.string(), kind: z.string() })).optional(),
    }),
  ),
  relatedLocations: z.array(z.strictObject({ id: z.int().min(-1), message, physicalLocation })).optional(),
  partialFingerprints: z.record(z.string(), z.string()),
  suppressions: z
    .array(z.strictObject({ kind: z.enum(["inSource", "external"]), justification: z.string().optional() }))
    .optional(),
});
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string().min(1),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              name: z.string(),
              shortDescription: message,
              defaultConfiguration: z.strictObject({ level }),
              help: message,
            }),
          ),
        }),
      }),
      invocations: z.tuple([z.strictObject({ executionSuccessful: z.boolean() })]),
      columnKind: z.literal("utf16CodeUnits"),
      results: z.array(result),
    }),
  ]),
});

const text = `{
  "name": "a",
  "output_stage_id": "two",
  "stages": [
    { "id": "one", "component_type": "logger", "config": { "message": "x" }, "depends_on": ["two"] },
    { "id": "two", "component_type": "logger", "config": { "message": "😀 {{ upstream.one.logged }}" }, "when": false,
      "$ignore": { "FM1217": "switched off for the summer" } },
    { "id": "four", "component_type": "loger" }, { "id": "five", "component_type": "loger" }
  ]
}`;

async function validated(pipeline = text): Promise<z.infer<typeof sarif>> {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, "a folder"));
  await writeFile(join(cwd, "a folder", "x.pipeline.json"), pipeline);
  const { code, stdout } = await fm(["validate", ".", "gone.json", "--format", "sarif"], { cwd });
  expect(code).toBe(2);
  return sarif.parse(JSON.parse(stdout));
}

/** Where a text stands last in a line of the pipeline, counted from 1. */
function regionOf(line1: number, part: string): object {
  const startColumn = (text.split("\n")[line1 - 1] ?? "").lastIndexOf(part) + 1;
  return { startLine: line1, startColumn, endLine: line1, endColumn: startColumn + part.length };
}

function resultsOf(log: z.infer<typeof sarif>, code: string): readonly z.infer<typeof result>[] {
  return log.runs[0].results.filter(({ ruleId }) => ruleId === code);
}

describe("fm validate --format sarif", () => {
  test("lists every rule once, and a result points at its own", async () => {
    const log = await validated();
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ code }) => code));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    const unknown = tool.driver.rules.find(({ id }) => id === "FM1101");
    expect(unknown).toMatchObject({ name: "UnknownComponent", defaultConfiguration: { level: "error" } });
    expect(unknown?.help.text).toContain('"FM1101 unknown-component" in docs/checks.md');
    // The log is read on other machines.
    expect(JSON.stringify(log)).not.toContain("file:");
  });

  test("counts lines and columns from 1, in UTF-16 units, at a path relative to the folder", async () => {
    const log = await validated();
    const [cycle] = resultsOf(log, "FM1213");
    expect(cycle).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "a%20folder/x.pipeline.json", uriBaseId: "%SRCROOT%" },
            region: regionOf(5, '"two"'),
          },
          logicalLocations: [{ name: "one" }],
        },
      ],
    });
    const related = cycle?.relatedLocations?.map(({ physicalLocation: place }) => place.region);
    expect(related?.[1]).toEqual(regionOf(6, "one"));
  });

  test("a suppressed result is listed as such, with its reason", async () => {
    const log = await validated();
    expect(resultsOf(log, "FM1217")).toMatchObject([
      {
        level: "warning",
        suppressions: [{ kind: "inSource", justification: "switched off for the summer" }],
      },
    ]);
    expect(log.runs[0].results.filter(({ suppressions }) => suppressions !== undefined)).toHaveLength(1);
  });

  test("a file that cannot be read is a result without a region", async () => {
    const log = await validated();
    expect(resultsOf(log, "FM1000")).toMatchObject([
      { locations: [{ physicalLocation: { artifactLocation: { uri: "gone.json" } } }] },
    ]);
    expect(resultsOf(log, "FM1000")[0]?.locations[0]?.physicalLocation.region).toBeUndefined();
  });

  test("a fingerprint is each result's own, and stays when lines move", async () => {
    const log = await validated();
    const prints = (of: z.infer<typeof sarif>): readonly unknown[] =>
      of.runs[0].results.map(({ partialFingerprints }) => partialFingerprints["problem/v1"]);
    expect(new Set(prints(log)).size).toBe(log.runs[0].results.length);
    expect(prints(await validated(`\n\n${text}`))).toEqual(prints(log));
  });
});
