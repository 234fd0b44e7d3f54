import { describe, expect, test } from "vitest";
import { startServer } from "../../../support/loopback-server.ts";
import { failureOf, outputOf, runComponent, secretMark } from "../../../support/run-component.ts";

const TOKEN = 's3cret/"value"';
const env = { PATH: process.env["PATH"] ?? "", TOKEN };
const marker = `⟦secret:TOKEN:plain:${secretMark}⟧`;
const secrets = ["TOKEN"];

describe("a component with a secret", () => {
  test("gets the value, and nothing that it tells has it", async () => {
    const source =
      "const t=process.env.T;console.error('got '+t);process.stdout.write(t.slice(0,5));setTimeout(()=>process.stdout.write(t.slice(5)+JSON.stringify({t})),50)";
    const inputs = { command: [process.execPath, "-e", source], env: { T: marker } };
    const { events, output } = await runComponent("command", inputs, { env, secrets });
    const told = JSON.stringify([events, output]);
    expect(told).not.toContain(JSON.stringify(TOKEN).slice(1, -1));
    expect(told).not.toContain("s3cre");
    expect(output).toMatchObject({
      stdout: `${marker}{"t":"⟦secret:TOKEN:json:${secretMark}⟧"}`,
      stderr: `got ${marker}\n`,
    });
    const streamed = events.flatMap((event) => (event.kind === "delta" ? [event.text] : [])).join("");
    expect(streamed).toBe(`${marker}{"t":"⟦secret:TOKEN:json:${secretMark}⟧"}`);
    expect(events).toContainEqual({ kind: "log", level: "info", message: `got ${marker}` });
  });

  test("fails without it", async () => {
    const inputs = { command: 'echo "$T" >&2; exit 1', env: { T: marker } };
    const failure = await failureOf("command", inputs, { env, secrets });
    expect(failure.message).toBe(`The command ended with exit code 1: ${marker}`);
    expect(JSON.stringify(failure)).not.toContain("s3cret");
  });

  test("sends it over HTTP, and does not tell what comes back of it", async () => {
    const server = await startServer((request, response) => {
      response.setHeader("x-echo", String(request.headers["authorization"]));
      response.end(JSON.stringify({ got: request.headers["authorization"] }));
    });
    const inputs = { url: server, headers: { authorization: `Bearer ${marker}` } };
    const output = await outputOf("http_request", inputs, { env: { TOKEN: "tok-1234" }, secrets });
    expect(output).toMatchObject({
      body: { got: `Bearer ${marker}` },
      headers: { "x-echo": `Bearer ${marker}` },
    });
  });

  test("does not tell of the part that an address has as its host", async () => {
    const inputs = { url: `http://${marker}@api.example.com/` };
    const failure = await failureOf("http_request", inputs, {
      env: { TOKEN: "127.0.0.1:1/abcdef" },
      secrets,
    });
    expect(failure.message).toContain(`⟦secret:TOKEN:host:${secretMark}⟧ cannot be reached`);
    expect(JSON.stringify(failure)).not.toContain("127.0.0.1");
  });

  test("cannot do without one that is not there, or that is too short to hide", async () => {
    const inputs = { command: ["true"] };
    expect(await failureOf("command", inputs, { env: { ...env, TOKEN: "" }, secrets })).toMatchObject({
      type: "SECURITY",
      message: expect.stringContaining("Set the environment variable TOKEN"),
    });
    expect(await failureOf("command", inputs, { env: { ...env, TOKEN: "abc" }, secrets })).toMatchObject({
      type: "SECURITY",
      message: expect.stringContaining("fewer than 4 characters"),
    });
  });
});
