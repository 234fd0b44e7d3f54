import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { hasCode } from "../has-code.ts";
import { orMissing } from "../inside.ts";
import { type HeldSocket, holdSocket, isHeld, socketFile, socketName } from "./writer-socket.ts";

/** Who writes a run, as it said itself. */
export interface RunWriter {
  readonly pid: number;
  /** What it is, for people: `fm run`. */
  readonly program: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The one place of a run's writer, or who has it. */
export type WriterLock =
  | { readonly kind: "locked"; release(): void }
  | { readonly kind: "busy"; readonly writer: RunWriter };

/**
 * Takes the place of the one who writes in a folder, as of a run's writer. Claims are files `writer-1.json`, `writer-2.json` …, each linked to its name when
 * it is whole and only when the writer before is dead, so that each number has one winner; the highest counts. It stays
 * when its writer has ended: a number is never given twice, and so no one who was slow can take a place that is taken.
 * Nothing waits, and a process that was killed leaves nothing that has to be mended.
 */
export async function lockFolder(folder: string, program: string): Promise<WriterLock> {
  const socket = await holdSocket(folder);
  try {
    const taken = await takePlace(folder, { pid: process.pid, program, since: Date.now() }, socket);
    if (taken === null) return { kind: "locked", release: socket.close };
    socket.close();
    return { kind: "busy", writer: taken };
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** Who writes a run now; null where no one does. */
export async function writerOf(folder: string): Promise<RunWriter | null> {
  for (;;) {
    const [last] = await claimNumbers(folder);
    if (last === undefined) return null;
    const claim = await readClaim(folder, last);
    if (claim !== undefined) return claim !== null && (await isHeld(folder, claim.socket)) ? claim : null;
  }
}

/** Null when the place was taken, else who has it. */
async function takePlace(folder: string, writer: RunWriter, { name }: HeldSocket): Promise<RunWriter | null> {
  const draft = join(folder, `writer-${randomUUID()}.tmp`);
  await writeFile(draft, `${JSON.stringify({ format: 1, ...writer, socket: name })}\n`, {
    flag: "wx",
    mode: 0o600,
  });
  try {
    for (;;) {
      const [last = 0] = await claimNumbers(folder);
      const claim = last === 0 ? null : await readClaim(folder, last);
      if (claim === undefined) continue;
      if (claim !== null && (await isHeld(folder, claim.socket))) return claim;
      const mine = join(folder, claimFile(last + 1));
      if (!(await linkNew(draft, mine))) continue;
      const numbers = await claimNumbers(folder);
      if (numbers[0] === last + 1) {
        for (const number of numbers.slice(1)) await removeClaim(folder, number);
        return null;
      }
      // Between the look and the link others came and went; the number was free again, but not the place.
      await rm(mine, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

const claimSchema = z.object({
  pid: z.int(),
  program: z.string(),
  since: z.number(),
  socket: z.string().regex(socketName),
});

type Claim = z.infer<typeof claimSchema>;

function claimFile(number: number): string {
  return `writer-${number}.json`;
}

/** The highest first. */
async function claimNumbers(folder: string): Promise<readonly number[]> {
  const numbers = (await readdir(folder)).flatMap((name) => {
    const number = /^writer-([1-9]\d{0,8})\.json$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.toSorted((a, b) => b - a);
}

/**
 * Undefined where it is gone, since a higher one has come; null where it is damaged: a claim is whole before it has its
 * name, so this was the system's end, and the writer's with it.
 */
async function readClaim(folder: string, number: number): Promise<Claim | null | undefined> {
  const text = await orMissing(readFile(join(folder, claimFile(number)), "utf8"));
  if (text === undefined) return undefined;
  try {
    return claimSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function linkNew(draft: string, name: string): Promise<boolean> {
  try {
    await link(draft, name);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** One whose writer is dead, with the socket that it left. */
async function removeClaim(folder: string, number: number): Promise<void> {
  const claim = await readClaim(folder, number);
  // A claim may be of one who came too late and is about to see it: a socket that lives is its own.
  if (claim !== null && claim !== undefined && !(await isHeld(folder, claim.socket))) {
    const left = socketFile(folder, claim.socket);
    if (left !== null) await rm(left, { force: true });
  }
  await rm(join(folder, claimFile(number)), { force: true });
}
