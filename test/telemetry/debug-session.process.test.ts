import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startAdapter } from "../debug-adapter/support/adapter-process.ts";
import { fm } from "../support/fm.ts";
import { deadAddress } from "../support/loopback-server.ts";
import { faultsOf, spansIn } from "../support/otlp.ts";
import { startOtlpReceiver } from "../support/otlp-receiver.ts";
import { tracedProject } from "./traced-project.ts";

/** Runs the pipeline in a debug session to its end. */
async function session(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const client = await startAdapter();
  let output = "";
  client.on("output", ({ body }) => {
    output += body.output;
  });
  const [, , exited] = await Promise.all([
    client.configurationSequence(),
    client.launch({ pipeline: join(cwd, "traced.pipeline.json"), cwd, noDebug: true, env }),
    client.waitForEvent("exited"),
    client.waitForEvent("terminated"),
  ]);
  return { exitCode: exited.body.exitCode, output };
}

test("RV-10 a debug session sends what an export of its record has, to where the project says", async () => {
  const receiver = await startOtlpReceiver();
  const cwd = await tracedProject({ telemetry: { endpoint: receiver.address } });
  writeFileSync(join(cwd, "ok"), "");
  const { exitCode, output } = await session(cwd, {});
  expect(exitCode).toBe(0);
  const spans = receiver.taken();
  expect(faultsOf(spans)).toEqual([]);
  expect(output).toContain(`Trace ${spans[0]?.traceId} to ${receiver.address}`);
  const { stdout } = await fm(["export", "latest", "--format", "otlp", "-o", "-"], { cwd });
  const ids = (of: typeof spans): readonly string[] => of.map(({ spanId }) => spanId).toSorted();
  expect(ids(spans)).toEqual(ids(spansIn(stdout)));
});

test("a receiver that is not there ends no debug session otherwise, and settings that cannot be used begin none", async () => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "ok"), "");
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: await deadAddress() };
  const { exitCode, output } = await session(cwd, env);
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining("cannot be reached") });
  await expect(session(cwd, { ...env, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" })).rejects.toThrow(
    /asks for grpc/,
  );
});
