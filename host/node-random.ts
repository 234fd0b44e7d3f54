import { randomUUID } from "node:crypto";
import type { RandomPort } from "#core/ports";

/** The machine's random numbers. */
export const nodeRandom: RandomPort = {
  next: () => Math.random(),
  id: () => randomUUID().replaceAll("-", ""),
};
