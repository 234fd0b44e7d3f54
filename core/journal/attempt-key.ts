import { addressKey, type StageAddress } from "#core/ports";

/**
 * The key of an attempt as the engine makes it. The last one is remembered, and is found by who writes its event
 * without being made again, or even read.
 */
export function attemptKeyOf(runId: string, address: StageAddress, attempt: number): string {
  if (last.address === address && last.attempt === attempt && last.runId === runId) return last.key;
  if (last.runId !== runId) last.prefix = `${runId}:`;
  last.runId = runId;
  last.address = address;
  last.attempt = attempt;
  last.key = last.prefix + addressKey(address) + (attempt === 1 ? "#1" : `#${attempt}`);
  return last.key;
}

const last: { runId: string; address: StageAddress | null; attempt: number; prefix: string; key: string } = {
  runId: "",
  address: null,
  attempt: 0,
  prefix: ":",
  key: "",
};
