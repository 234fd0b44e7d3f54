import { expect, test } from "vitest";
import { pipelineText } from "../pipelines.ts";
import { shareInspector } from "./inspector-page.ts";

const { canvas, open, select, field } = shareInspector();

const problemAt = (severity: "error" | "warning" | "information", path: readonly string[]) =>
  ({ stage: "ask", severity, code: "FM1", message: "Wrong.", line0: 7, path, within: null }) as const;

test("the inspector names the fields with problems at its top, and leads to them however far down", async () => {
  await open({
    text: pipelineText([{ id: "ask", component_type: "genrator", config: { promt: "x" } }]),
    problems: [
      problemAt("error", ["component_type"]),
      problemAt("warning", ["timeout"]),
      problemAt("information", ["name"]),
    ],
  });
  await select("ask");
  const trouble = canvas().page.getByRole("navigation", { name: "Fields with problems" });
  expect((await trouble.innerText()).trim()).toBe("Errors in timeout, component_type");
  // A section that was folded by hand is no hindrance.
  await canvas().page.locator(".form-section-title", { hasText: "Identity" }).click();
  await field("component_type").waitFor({ state: "detached" });
  await trouble.getByRole("button", { name: "component_type" }).click();
  await canvas().page.locator('[data-field="component_type"]:focus').waitFor();
  const { top, bottom } = await field("component_type").evaluate((element) =>
    element.getBoundingClientRect(),
  );
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(760);
});
