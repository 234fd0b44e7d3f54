import { describe, expect, test } from "vitest";
import { checkPipeline, readSeverities } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import { ruleNameOf } from "./marked.ts";

const text =
  '{ "output_stage_id": "log", "stages": [{ "id": "ask", "component_type": "generator", "config": { "prompt": "x", "prmpt": 1 } }, { "id": "log", "component_type": "loger" }] }';

function found(severity: Readonly<Record<string, unknown>>): readonly string[] {
  const { severities, faults } = readSeverities(severity);
  expect(faults).toEqual([]);
  const { problems } = checkPipeline(parsePipeline(text), { severities });
  return problems.map((problem) => `${problem.severity} ${ruleNameOf(problem)}`);
}

describe("severities", () => {
  test("are the table's unless they are said", () => {
    expect(found({})).toEqual([
      "hint unused-output",
      "warning unknown-config-key",
      "error unknown-component",
    ]);
  });

  test("are said by code and by name, and switch off", () => {
    expect(found({ FM1218: "error", "unknown-config-key": "information", FM1101: "off" })).toEqual([
      "error unused-output",
      "information unknown-config-key",
    ]);
  });

  test("that are written wrongly are told and change nothing", () => {
    const read = readSeverities({
      "unused-outputs": "off",
      FM1218: "loud",
      "json-syntax": "hint",
      FM2001: "off",
      constructor: "off",
    });
    expect(read.severities.size).toBe(0);
    expect(read.faults).toEqual([
      'There is no check "unused-outputs". Did you mean "unused-output"?',
      "The severity of FM1218 must be one of error, warning, information, hint, off.",
      "The severity of json-syntax cannot be changed.",
      expect.stringContaining('There is no check "FM2001".'),
      'There is no check "constructor".',
    ]);
  });
});
