import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { hasCode } from "../has-code.ts";
import { runsFolder } from "../runs/runs-folder.ts";
import {
  type AnswerAddress,
  type AnswerRequest,
  type AnswerResponse,
  answerAddress,
  answerResponse,
} from "./answer-messages.ts";
import { addressFile } from "./answer-server.ts";
import { readLine } from "./read-line.ts";

/** A run of this workspace that is going on and takes answers. */
export interface WaitingRun {
  readonly runId: string;
  /** What it waits for, in the order in which it was asked. */
  readonly questions: Extract<AnswerResponse, { kind: "list" }>["questions"];
  /** Gives an answer as it was typed. */
  answer(id: string, value: string, by: string | null): Promise<AnswerResponse>;
}

/** The runs of a workspace that wait. What a run left that has died is removed. */
export async function waitingRuns(workspaceRoot: string): Promise<readonly WaitingRun[]> {
  const runs: WaitingRun[] = [];
  const folder = join(workspaceRoot, runsFolder);
  for (const runId of (await orNone(readdir(folder))) ?? []) {
    const address = await addressOf(join(folder, runId));
    if (address === undefined) continue;
    const response = await say(address, { kind: "list", token: address.token });
    if (response === "nobody-there") await forget(join(folder, runId));
    if (typeof response === "string" || response.kind !== "list") continue;
    runs.push({
      runId,
      questions: response.questions,
      answer: async (id, value, by) => {
        const said = await say(address, { kind: "answer", token: address.token, id, value, by });
        return typeof said === "string" ? runEnded : said;
      },
    });
  }
  return runs;
}

const runEnded: AnswerResponse = { kind: "refused", reason: "answered", message: "The run has ended." };

async function addressOf(folder: string): Promise<AnswerAddress | undefined> {
  const text = await orNone(readFile(join(folder, addressFile), "utf8"));
  if (text === undefined) return undefined;
  try {
    return answerAddress.safeParse(JSON.parse(text)).data;
  } catch {
    // It is being written, or is not ours.
    return undefined;
  }
}

/** Milliseconds that a run may take to say something. */
const patienceMs = 10_000;

/** One line there, one line back. */
function say(
  address: AnswerAddress,
  request: AnswerRequest,
): Promise<AnswerResponse | "nobody-there" | "no-answer"> {
  return new Promise((resolve) => {
    const socket = connect(address.port, "127.0.0.1", () => socket.write(`${JSON.stringify(request)}\n`));
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on("error", (error) => {
      // A run listens for as long as it lives.
      const isDead = "code" in error && error.code === "ECONNREFUSED";
      resolve(isDead ? "nobody-there" : "no-answer");
    });
    socket.on("close", () => resolve("no-answer"));
    readLine(socket, (line) => {
      resolve(read(line) ?? "no-answer");
      socket.destroy();
    });
  });
}

/** A line of something else is no answer: another program has got the port of a run that died. */
function read(line: string): AnswerResponse | undefined {
  try {
    return answerResponse.safeParse(JSON.parse(line)).data;
  } catch {
    // Not JSON: not one of ours.
    return undefined;
  }
}

async function forget(folder: string): Promise<void> {
  await rm(join(folder, addressFile), { force: true });
  await orNone(rmdir(folder));
}

async function orNone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST")) return undefined;
    throw error;
  }
}
