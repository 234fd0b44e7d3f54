import { describe, expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { isNoObject, noPipeline } from "../../webview/model/no-pipeline.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const found = (text: string) => noPipeline(parsePipeline(text));

describe("a file that is no pipeline", () => {
  test.each(["[]", "[1, 2]", '"text"', "3", "null"])("%s holds no object", (text) => {
    expect(found(text)).toEqual({ kind: "no-object" });
    expect(isNoObject(parsePipeline(text))).toBe(true);
  });

  test("a file of another program is told by its keys", () => {
    expect(found('{ "pipeline": { "stages": [] } }')).toEqual({ kind: "other-keys", keys: ["pipeline"] });
    expect(found('{ "name": "Copy", "properties": { "activities": [] } }')).toEqual({
      kind: "other-keys",
      keys: ["properties"],
    });
  });

  test.each([
    ["an empty file", ""],
    ["an empty object", "{}"],
    ["one with a name alone", '{ "name": "new", "version": "1.0.0" }'],
    ["one without stages yet, with a key of somebody's own", '{ "input_schema": {}, "team": "blue" }'],
    ["one whose stages are missing by mistake", '{ "stages": 3, "team": "blue" }'],
    ["one that inherits", '{ "extends": "base", "team": "blue" }'],
    ["one whose list of stages is empty", pipelineText([])],
    ["one with stages", threeStages],
  ])("%s is a pipeline", (_, text) => {
    expect(found(text)).toBeNull();
  });
});
