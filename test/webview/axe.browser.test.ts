import { expect, test } from "vitest";
import type { CanvasProblem, CanvasRun } from "#protocol";
import type { CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import { graveInEachTheme } from "./harness/grave-in-each-theme.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions, width = 1500): Promise<void> {
  canvas = await harness.open(options, { width, height: 1000 });
}

async function expectNothingGrave(where: string): Promise<void> {
  const name = `canvas-${where.replaceAll(/\W+/g, "-")}`;
  expect.soft(await graveInEachTheme(canvas.page, name), where).toEqual([]);
}

const press = (key: string) => canvas.page.keyboard.press(key);

const everything = pipelineText(
  [
    { id: "fetch", component_type: "http_request", config: { url: "https://example.com" } },
    {
      id: "shape",
      name: "Shape it",
      component_type: "json_transform",
      config: { data: 1 },
      depends_on: ["fetch"],
    },
    { id: "off", enabled: false, depends_on: ["shape"] },
    {
      id: "guard",
      component_type: "trycatch",
      config: { try_stages: ["work"], catch_stages: ["mend"] },
      depends_on: ["shape"],
    },
    { id: "work" },
    { id: "mend" },
    {
      id: "choose",
      component_type: "conditional",
      config: { condition: "{{ true }}", true_branch_stages: ["yes"] },
    },
    { id: "yes", component_type: "generator", config: { prompt: "Say {{ upstream.shape.result }}" } },
    { id: "own", component_type: "acme_sentiment", config: {} },
    { id: "what", component_type: "no_such_thing", config: {} },
  ],
  {
    layout: {
      "$note:1": { text: "A note that says something.", x: 0, y: 700, color: "blue" },
      "$note:2": { text: "Another.", x: 260, y: 700 },
      "$group:1": { title: "Together", stages: ["fetch", "shape"], color: "green" },
      shape: { color: "red" },
      off: { color: "yellow" },
    },
  },
);

const problem = (stage: string, severity: CanvasProblem["severity"]): CanvasProblem => ({
  stage,
  severity,
  code: "FM1201",
  message: "There is no such name.",
  line0: 7,
  path: ["config", "url"],
  within: null,
});

const options: HostOptions = {
  text: everything,
  problems: [problem("fetch", "error"), problem("mend", "warning")],
  breakpoints: [
    { stage: "fetch", enabled: true, kind: "plain", verified: true },
    { stage: "work", enabled: false, kind: "conditional", verified: false },
  ],
  components: [
    {
      type: "acme_sentiment",
      title: "Sentiment",
      icon: "smiley",
      color: "green",
      description: "How a text sounds.",
      fields: { text: { type: "string", description: "What sounds." } },
      required: ["text"],
    },
  ],
};

const run: CanvasRun = {
  session: "1",
  phase: "stopped",
  stages: [
    { stage: "fetch", status: "succeeded", note: "1.2 s" },
    { stage: "shape", status: "failed", note: "It is no JSON." },
    { stage: "off", status: "skipped" },
    { stage: "what", status: "recorded" },
    { stage: "work", status: "running" },
    { stage: "mend", status: "waiting" },
    { stage: "yes", status: "cached" },
    { stage: "own", status: "cancelled" },
  ],
  stoppedAt: "guard",
  values: [
    {
      stage: "fetch",
      expression: "upstream.fetch",
      text: '{status: 200, body: "It is no JSON."}',
      brief: "{2 keys}",
    },
  ],
};

test("CE-07 axe finds nothing grave in four themes: in the graph, its marks, notes and the inspector of a stage and of the pipeline", async () => {
  await open(options);
  await canvas.stage("yes").waitFor();
  await expectNothingGrave("the pipeline's inspector");
  await canvas.page.evaluate((news) => window.host.run(news), run);
  await canvas.stage("guard").and(canvas.page.locator('[data-status="stopped"]')).waitFor();
  await canvas.page.locator(".wire-value").first().waitFor();
  for (const id of ["yes", "fetch", "own", "what"]) {
    await canvas.stage(id).focus();
    await press("Space");
    await canvas.page.locator(".inspector-heading", { hasText: id }).waitFor();
    const folded = canvas.page.locator('.form-section-title[aria-expanded="false"]');
    while ((await folded.count()) > 0) await folded.first().click();
    await expectNothingGrave(`the stage ${id}`);
  }
  await press("Control+a");
  await expectNothingGrave("all selected");
});

test("CE-07 axe finds nothing grave in four themes: in the palette: whole, searched, folded and as icons", async () => {
  await open(options);
  await canvas.stage("yes").focus();
  await press("p");
  await canvas.page.locator(".palette-field:focus").waitFor();
  await expectNothingGrave("the palette");
  await canvas.page.keyboard.type("text");
  await expectNothingGrave("what is found");
  await press("Escape");
  await press("ArrowDown");
  await press("ArrowLeft");
  await expectNothingGrave("a folded category");
  await canvas.page.setViewportSize({ width: 760, height: 900 });
  await canvas.page.locator('.palette[data-shape="icons"]').waitFor();
  await expectNothingGrave("icons alone");
});

test("CE-07 axe finds nothing grave in four themes: in the lists, menus and fields over the graph", async () => {
  await open(options);
  await canvas.stage("fetch").focus();
  await press("Space");
  for (const [key, name] of [
    ["a", "the component picker"],
    ["/", "the stage search"],
    ["c", "the connect picker"],
  ] as const) {
    await press(key);
    await canvas.page.locator(".picker-field").waitFor();
    await expectNothingGrave(name);
    await press("Escape");
  }
  for (const [key, name] of [
    ["Shift+F10", "a stage's menu"],
    ["F2", "the field of a name"],
    ["?", "the list of keys"],
    ["m", "the list of bodies"],
  ] as const) {
    await press(key);
    await expectNothingGrave(name);
    await press("Escape");
  }
  await canvas.stage("shape").focus();
  await press("w");
  await press("r");
  await canvas.page.locator(".picker-field").waitFor();
  await expectNothingGrave("the list to reconnect with");
  await press("Escape");
  await press("Escape");
  await press("Shift+F10");
  await expectNothingGrave("the menu of a connection or a stage");
  await press("Escape");
  await canvas.stage("fetch").focus();
  await press("Space");
  await press("Shift+F10");
  await canvas.page.getByRole("menuitem", { name: "Colour…" }).click();
  await expectNothingGrave("the menu of colours");
  await press("Escape");
  await canvas.page.locator('[data-note="$note:1"]').focus();
  await press("F2");
  await expectNothingGrave("the field of a note");
  await press("Escape");
});

test("CE-07 axe finds nothing grave in four themes: in what is said: banners, refusals, nothing there, and from afar", async () => {
  await open({ ...options, readOnly: "This file is read-only." });
  await canvas.stage("yes").focus();
  await press("p");
  await press("Escape");
  await press("a");
  await canvas.page.getByRole("alert").getByText("This file is read-only.").waitFor();
  await expectNothingGrave("read-only");
  await canvas.close();

  await open({ text: threeStages, runBlocked: "This workspace is not trusted." });
  await canvas.stage("tell").waitFor();
  await canvas.page.evaluate((text) => window.host.type(text), `${threeStages} {`);
  await canvas.page.locator(".banner").waitFor();
  await expectNothingGrave("a broken text");
  await canvas.close();

  await open({ text: pipelineText([]) });
  await canvas.page.locator(".placeholder").waitFor();
  await expectNothingGrave("no stages yet");
  await canvas.close();

  await open({ text: '{ "kind": "Pipeline", "spec": {} }' });
  await canvas.page.getByText("This is no FlowMason pipeline").waitFor();
  await expectNothingGrave("a file of another program");
  await canvas.close();

  const parent = pipelineText([{ id: "read" }, { id: "tell", depends_on: ["read"] }]);
  const child = { extends: "base", overrides: { read: { config: { message: "other" } } } };
  await open({
    text: pipelineText([{ id: "mine", depends_on: ["tell"] }], child),
    parent,
    trail: [{ uri: "file:///flow.pipeline.json", name: "flow", stage: "call" }],
  });
  await canvas.stage("read").click();
  await canvas.page.locator(".field-origin").first().waitFor();
  await expectNothingGrave("inherited stages, and the way to a called pipeline");
  await canvas.close();

  const many = Array.from({ length: 31 * 19 }, (_, i) => ({
    id: `s${i}`,
    position: { x: (i % 31) * 250, y: Math.floor(i / 31) * 150 },
  }));
  await open({ text: pipelineText(many) });
  await canvas.page.getByRole("button", { name: "Show Whole Graph (F)" }).click();
  await canvas.page.locator(".far-view").waitFor();
  await expectNothingGrave("from afar");
});
