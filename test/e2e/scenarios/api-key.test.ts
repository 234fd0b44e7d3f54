import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { scenario } from "../harness/scenario.ts";

scenario(
  "a run without a key offers to set it; the key is kept in VS Code and reaches the model",
  async ({ workbench, canvas, page, folder }) => {
    const server = await startModel();
    const local = { base_url: server.address, api_key_env: "TEAM_KEY", model: "m" };
    folder.write("flowmason.json", JSON.stringify({ name: "t", providers: { default: "local", local } }));
    await workbench.openFile("ask.pipeline.json");
    await canvas.ready();
    await workbench.command("FlowMason: Run Pipeline");
    const offer = workbench.notification("TEAM_KEY");
    await offer.getByRole("button", { name: "Set API Key…" }).click();
    const field = page.locator('.quick-input-widget input[type="password"]');
    await field.fill("sesame-open");
    await field.press("Enter");
    await workbench.notification("The key for TEAM_KEY is kept").waitFor();
    expect(server.keys).toHaveLength(0);

    await workbench.command("FlowMason: Run Pipeline");
    await canvas.stageWithStatus("ask", "succeeded").waitFor();
    expect(server.keys).toEqual(["Bearer sesame-open"]);

    // An empty one takes it back.
    await workbench.command("FlowMason: Set API Key");
    await workbench.pickRow("TEAM_KEY").click();
    await field.waitFor();
    await field.press("Enter");
    await workbench.notification("The key for TEAM_KEY is removed").waitFor();
  },
  {
    workspace: {
      "flowmason.json": '{ "name": "t" }',
      "ask.pipeline.json": JSON.stringify({
        name: "ask",
        version: "1.0.0",
        stages: [{ id: "ask", component_type: "generator", config: { prompt: "Hello?" } }],
      }),
    },
  },
);

/** A server that speaks as much of OpenAI's protocol as an answer needs, and tells the keys that it was sent. */
async function startModel(): Promise<{ readonly address: string; readonly keys: readonly string[] }> {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization ?? "");
    const chunk = (delta: object, finish_reason: string | null): string =>
      `data: ${JSON.stringify({ id: "1", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`${chunk({ content: "Good day" }, null)}${chunk({}, "stop")}data: [DONE]\n\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // listening on TCP, so not a pipe's name
  return { address: `http://127.0.0.1:${port}/v1`, keys };
}
