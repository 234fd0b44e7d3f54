import { expect, test } from "vitest";
import { shareInspector } from "./inspector-page.ts";

const { open, select, field, editor } = shareInspector();

const problemAt = (stage: string, path: readonly string[]) =>
  ({ stage, severity: "error", code: "FM1201", message: "Wrong.", line0: 7, path, within: null }) as const;

test.each(["high-contrast", "high-contrast-light"] as const)(
  "CE-07 in %s a field with an error has a border that no other has, thicker too",
  async (theme) => {
    await open(
      { problems: [problemAt("ask", ["config", "prompt"]), problemAt("ask", ["config", "temperature"])] },
      { theme },
    );
    await select("ask");
    await editor("config.prompt").waitFor();
    const looks = (selector: string) =>
      field(selector).evaluate((element) => {
        const { borderColor, boxShadow } = getComputedStyle(element.closest(".field-input") ?? element);
        return { borderColor, boxShadow };
      });
    const right = await looks("name");
    expect(right.boxShadow).toBe("none");
    for (const wrong of ["config.prompt", "config.temperature"]) {
      const { borderColor, boxShadow } = await looks(wrong);
      expect(borderColor).not.toBe(right.borderColor);
      expect(boxShadow).toContain(borderColor);
    }
  },
);
