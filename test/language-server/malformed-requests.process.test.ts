import { expect, onTestFinished, test } from "vitest";
import { ErrorCodes } from "vscode-languageserver/node";
import { startClient } from "./client.ts";

const textDocument = { uri: "file:///w/some.pipeline.json" };
const position = { line: 0, character: 0 };
const range = { start: position, end: position };

/** Of each request what it cannot be answered for, and where its fault is. */
const malformed: readonly (readonly [method: string, params: object | undefined, where: string])[] = [
  ...["completion", "hover", "prepareRename", "rename"].flatMap((name) => [
    [`textDocument/${name}`, {}, "params.textDocument"] as const,
    [`textDocument/${name}`, { textDocument: null, position }, "params.textDocument"] as const,
    [`textDocument/${name}`, { textDocument }, "params.position"] as const,
    [
      `textDocument/${name}`,
      { textDocument, position: { line: "0", character: -1 } },
      "params.position.line",
    ] as const,
  ]),
  ["textDocument/rename", { textDocument, position, newName: 1 }, "params.newName"],
  ["textDocument/formatting", { textDocument: { uri: 7 } }, "params.textDocument.uri"],
  ["textDocument/codeAction", { textDocument, range }, "params.context"],
  [
    "textDocument/codeAction",
    { textDocument, range: { start: position }, context: { diagnostics: [] } },
    "params.range.end",
  ],
  [
    "textDocument/codeAction",
    { textDocument, range, context: { diagnostics: [{}] } },
    "params.context.diagnostics.0.range",
  ],
  ["codeAction/resolve", { title: "x", data: "none" }, "params.data"],
];

test("a request with other parameters than the protocol has is answered as that, by the place of the fault, and is no defect", async () => {
  const client = await startClient("stdio");
  onTestFinished(async () => void (await client.stop()));
  const text = '{ "name": "some", "version": "1.0.0", "stages": [] }';
  client.open(textDocument.uri, text);
  await client.diagnostics(textDocument.uri, 1);
  for (const [method, params, where] of malformed) {
    const answer = client.connection.sendRequest(method, params);
    await expect(answer, `${method} ${JSON.stringify(params)}`).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringContaining(`${method} cannot be answered. ${where}: `),
    });
  }
  // What is as the protocol has it is answered still, also with more than is read.
  expect(await client.hover(textDocument.uri, position)).toBe(null);
  await client.connection.sendRequest("textDocument/codeAction", {
    textDocument,
    range,
    context: { diagnostics: [], only: null, more: 1 },
  });
  await client.connection.sendRequest("codeAction/resolve", { title: "x" });
  expect(client.notified("window/showMessage")).toEqual([]);
  expect(client.notified("window/logMessage")).toEqual([]);
  expect(client.stderr()).toBe("");
});
