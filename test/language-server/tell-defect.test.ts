import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { tellDefect } from "../../language-server/tell-defect.ts";

test("LS-01 a defect is told once, and asks nothing of a client that may not be able to answer", async () => {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  server.listen();
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const told: string[] = [];
  client.onRequest("window/showMessageRequest", () => {
    told.push("window/showMessageRequest");
    return null;
  });
  for (const method of ["window/logMessage", "window/showMessage"])
    client.onNotification(method, () => void told.push(method));
  client.listen();
  server.onRequest("test/settled", () => null);
  tellDefect(server, new Error("a wrong turn"));
  await client.sendRequest("test/settled");
  expect(told).toEqual(["window/logMessage", "window/showMessage"]);
  client.dispose();
  server.dispose();
});
