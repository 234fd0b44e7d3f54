import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  CANVAS_VIEW_TYPE,
  CHECKS_SECTION,
  COMMAND_IDS,
  COMPARISON_VIEW_TYPE,
  DEBUGGER_TYPE,
  LANGUAGE_ID,
  MERGE_VIEW_TYPE,
  STAGE_SELECTED_CONTEXT,
  SWEEP_VIEW_TYPE,
  VALUE_VIEW_TYPE,
} from "#extension";
import { attachArguments, DEBUG_TYPE, launchArguments } from "#protocol";

const command = z.object({ command: z.string(), when: z.string().optional() });

const manifest = z
  .object({
    icon: z.string(),
    activationEvents: z.array(z.string()),
    capabilities: z.object({
      untrustedWorkspaces: z.object({ supported: z.literal("limited"), description: z.string() }),
    }),
    contributes: z.object({
      languages: z.array(
        z.object({ id: z.string(), extensions: z.array(z.string()), configuration: z.string() }),
      ),
      grammars: z.array(z.object({ language: z.string().optional(), path: z.string() })),
      customEditors: z.array(
        z.object({
          viewType: z.string(),
          selector: z.array(z.object({ filenamePattern: z.string() })),
          priority: z.object({ textEditor: z.string(), diffEditor: z.string() }),
        }),
      ),
      configuration: z.object({ properties: z.record(z.string(), z.unknown()) }),
      breakpoints: z.array(z.object({ language: z.string() })),
      debuggers: z.array(
        z.object({
          type: z.string(),
          languages: z.array(z.string()),
          configurationAttributes: z.object({
            attach: z.object({ properties: z.record(z.string(), z.unknown()) }),
            launch: z.object({
              required: z.array(z.string()),
              properties: z.record(z.string(), z.unknown()),
            }),
          }),
        }),
      ),
      commands: z.array(command.extend({ title: z.string(), category: z.literal("FlowMason") })),
      keybindings: z.array(command.extend({ key: z.string() })),
      menus: z.record(z.string(), z.array(command)),
      walkthroughs: z.array(
        z.object({
          steps: z.array(
            z.object({
              description: z.string(),
              media: z.object({ markdown: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")));

const { contributes } = manifest;
const [debug] = contributes.debuggers;
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

describe("package.json and the code agree", () => {
  test("on the settings", () => {
    const sections = Object.keys(contributes.configuration.properties);
    expect(sections.filter((name) => name.startsWith(`${CHECKS_SECTION}.`))).toEqual([
      "flowmason.checks.severity",
    ]);
  });

  test("on the commands: each is implemented, and each implemented one is contributed", () => {
    expect(contributes.commands.map((entry) => entry.command).sort()).toEqual([...COMMAND_IDS].sort());
  });

  test("on what menus and keys start", () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      (entry) => entry.command,
    );
    expect(used.filter((id) => !COMMAND_IDS.some((known) => known === id))).toEqual([]);
  });

  test("on what the walkthrough starts and waits for", () => {
    const named = steps.flatMap(({ description, completionEvents }) =>
      [...`${description} ${completionEvents.join(" ")}`.matchAll(/ommand:([\w.]+)/g)].map(([, id]) => id),
    );
    expect(named.length).toBeGreaterThanOrEqual(steps.length);
    expect(named.filter((id) => !COMMAND_IDS.some((known) => known === id))).toEqual([]);
  });

  test("that a workspace without a pipeline is offered a new one, and nothing else of ours", () => {
    const always = COMMAND_IDS.filter(
      (id) =>
        !contributes.menus["commandPalette"]?.some(
          (entry) => entry.command === id && entry.when !== undefined,
        ),
    );
    expect(always).toEqual(["flowmason.newPipeline"]);
  });

  test("on the language", () => {
    const [language] = contributes.languages;
    expect(language).toMatchObject({ id: LANGUAGE_ID, extensions: [".pipeline.json"] });
    expect(contributes.breakpoints).toEqual([{ language: LANGUAGE_ID }]);
    expect(debug?.languages).toEqual([LANGUAGE_ID]);
  });

  test("on the canvas, which is no editor of diffs", () => {
    expect(contributes.customEditors).toEqual([
      {
        viewType: CANVAS_VIEW_TYPE,
        selector: [{ filenamePattern: "*.pipeline.json" }],
        priority: { textEditor: "default", diffEditor: "option" },
      },
    ]);
    const conditions = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(
      ({ when }) => when ?? "",
    );
    const named = conditions.flatMap((when) =>
      [...when.matchAll(/activeCustomEditorId == '([^']+)'/g)].map(([, id]) => id),
    );
    expect(new Set(named)).toEqual(new Set([CANVAS_VIEW_TYPE]));
    expect(conditions.filter((when) => when.includes(STAGE_SELECTED_CONTEXT))).not.toEqual([]);
  });

  test("on the launch attributes, which are those the adapter reads", () => {
    expect(debug?.type).toBe(DEBUGGER_TYPE);
    expect(DEBUGGER_TYPE).toBe(DEBUG_TYPE);
    const read = Object.keys(launchArguments.unwrap().shape).filter(
      (key) => key !== "noDebug" && key !== "modelRequests",
    );
    expect(Object.keys(debug?.configurationAttributes.launch.properties ?? {}).sort()).toEqual(read.sort());
    const attached = Object.keys(attachArguments.unwrap().shape);
    expect(Object.keys(debug?.configurationAttributes.attach.properties ?? {}).sort()).toEqual(
      attached.sort(),
    );
  });

  test("on files that are there", () => {
    const files = [
      manifest.icon,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path),
      ...steps.map(({ media }) => media.markdown),
    ];
    for (const file of files)
      expect(() => readFileSync(new URL(`../../${file}`, import.meta.url)), file).not.toThrow();
  });

  test("that nothing activates but what needs it", () => {
    expect(manifest.activationEvents).toEqual([
      `onDebugResolve:${DEBUG_TYPE}`,
      `onDebugDynamicConfigurations:${DEBUG_TYPE}`,
      `onWebviewPanel:${COMPARISON_VIEW_TYPE}`,
      `onWebviewPanel:${MERGE_VIEW_TYPE}`,
      `onWebviewPanel:${SWEEP_VIEW_TYPE}`,
      `onWebviewPanel:${VALUE_VIEW_TYPE}`,
    ]);
  });
});
