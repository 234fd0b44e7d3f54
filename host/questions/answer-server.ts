import { randomBytes, timingSafeEqual } from "node:crypto";
import { rmdirSync, rmSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { hasCode } from "../has-code.ts";
import { makeRunsFolder } from "../runs/runs-folder.ts";
import { type AnswerResponse, answerFormat, answerRequest } from "./answer-messages.ts";
import type { PendingQuestions } from "./pending-questions.ts";
import { readLine } from "./read-line.ts";

/** The file of a run's folder that says how it is reached. */
export const addressFile = "answers.json";

/** Milliseconds in which someone who connects must have said what they want. */
const patienceMs = 10_000;

/** A place where answers are taken while a run waits. */
export interface AnswerServer {
  /** Nobody finds it from then on. */
  close(): void;
}

/**
 * Takes answers from other processes of the same user: on loopback, from who can read a file of the workspace that is
 * for the owner's eyes only. Rejects with the system's error where that file cannot be.
 */
export async function serveAnswers(
  questions: PendingQuestions,
  { workspaceRoot, runId }: { readonly workspaceRoot: string; readonly runId: string },
): Promise<AnswerServer> {
  const token = randomBytes(32).toString("base64url");
  const folder = join(await makeRunsFolder(workspaceRoot), runId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    socket.setTimeout(patienceMs, () => socket.destroy());
    // One that hangs up needs no answer.
    socket.on("error", () => {});
    readLine(socket, (line) => socket.end(`${JSON.stringify(respond(questions, token, line))}\n`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // a server on TCP has one
  const path = join(folder, addressFile);
  const remove = (): void => {
    rmSync(path, { force: true });
    removeIfEmpty(folder);
  };
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${JSON.stringify({ format: answerFormat, pid: process.pid, port, token })}\n`);
    await file.close();
  } catch (error) {
    server.close();
    throw error;
  }
  process.once("exit", remove);
  return {
    close() {
      process.removeListener("exit", remove);
      remove();
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Something else is in it, or somebody was faster.
    if (!hasCode(error, "ENOTEMPTY", "EEXIST", "ENOENT")) throw error;
  }
}

function respond(questions: PendingQuestions, token: string, line: string): AnswerResponse {
  const request = answerRequest.safeParse(parse(line));
  if (!request.success || !isSame(request.data.token, token))
    return { kind: "refused", reason: "malformed", message: "This is no question that a run answers." };
  switch (request.data.kind) {
    case "list":
      return {
        kind: "list",
        questions: questions.all().map(({ question, asker }) => ({ stage: asker.stage, question })),
      };
    case "answer": {
      const { id, value, by } = request.data;
      const receipt = questions.answer(id, value, { by, via: "fm answer" });
      return receipt.ok
        ? { kind: "taken" }
        : { kind: "refused", reason: receipt.reason, message: receipt.message };
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // What is no JSON is refused like any other line that asks for nothing.
    return undefined;
  }
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
