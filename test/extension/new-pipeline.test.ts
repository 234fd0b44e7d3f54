import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nameFault, pipelineFile, pipelineName, TEMPLATES, textFor } from "#extension";

const folder = new URL("../../extension/templates/", import.meta.url);

describe("a new pipeline", () => {
  test("has a name, however its file was typed", () => {
    expect(pipelineName("  orders ")).toBe("orders");
    expect(pipelineName("orders.pipeline.json")).toBe("orders");
    // VS Code's dialog puts the extension behind what was typed.
    expect(pipelineName("orders.json.pipeline.json")).toBe("orders");
    expect(pipelineName("orders.json")).toBe("orders");
    expect(pipelineFile(pipelineName("orders.v2"))).toBe("orders.v2.pipeline.json");
  });

  test("has no name that a file cannot have", () => {
    expect(nameFault("orders")).toBeNull();
    expect(nameFault("Bestellungen für heute")).toBeNull();
    expect(nameFault("")).toMatch(/Type a name/);
    expect(nameFault("../orders")).toMatch(/cannot have \//);
    expect(nameFault("a\\b")).toMatch(/cannot have \\/);
    expect(nameFault(".hidden")).toMatch(/dot/);
  });

  test.each(TEMPLATES)("from the template $label has its name in it, whatever that is", ({ file }) => {
    const template = readFileSync(new URL(pipelineFile(file), folder), "utf8");
    for (const name of ["orders", 'say "hi" $& \\ \u2028']) {
      const text = textFor(template, name);
      expect(JSON.parse(text).name).toBe(name);
      expect(text.split("\n").slice(2)).toEqual(template.split("\n").slice(2));
    }
  });

  test("can begin with every template that there is, and with no other", () => {
    expect(readdirSync(folder).sort()).toEqual(TEMPLATES.map(({ file }) => pipelineFile(file)).sort());
  });
});
