import { fail } from "./fault.ts";

/** What an evaluation may still do. Functions charge it before they work, so that nothing unbounded ever starts. */
export interface Budget {
  readonly maxSteps: number;
  readonly maxSize: number;
  stepsLeft: number;
  sizeLeft: number;
}

/** Enough for comprehensions over some hundred thousand items; about a second of work at the very most. */
export const DEFAULT_MAX_STEPS = 2_000_000;
/** Characters of text and items of lists made by one evaluation, those of intermediate results included. */
export const DEFAULT_MAX_SIZE = 10_000_000;

/** A fresh budget. */
export function createBudget(maxSteps: number, maxSize: number): Budget {
  return { maxSteps, maxSize, stepsLeft: maxSteps, sizeLeft: maxSize };
}

/** Accounts for work: one step is about one small operation. */
export function takeSteps(budget: Budget, steps: number): void {
  budget.stepsLeft -= steps;
  if (!(budget.stepsLeft >= 0)) {
    budget.stepsLeft = 0;
    fail(
      "budget",
      `The expression needs more than ${budget.maxSteps} steps; go through fewer items, or use a stage such as filter or foreach.`,
    );
  }
}

/** Accounts for a result before it is made: characters of a text, items of a list, members of an object. */
export function takeSize(budget: Budget, size: number): void {
  budget.sizeLeft -= size;
  if (!(budget.sizeLeft >= 0)) {
    budget.sizeLeft = 0;
    fail(
      "budget",
      `The expression makes texts and lists of more than ${budget.maxSize} characters and items; make smaller ones.`,
    );
  }
}
