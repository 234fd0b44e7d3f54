import type { Reference } from "#core/expressions";
import { wordOf } from "../new-stage-id.ts";

/** A value that goes from one pipeline to the other, by the name it has on the other side. */
export interface CrossingValue {
  readonly name: string;
  /** What gives it, as an expression of the side it comes from. */
  readonly source: string;
  /** Whether every reader can do without it. */
  readonly guarded: boolean;
  /** Whether it is a value of the pipeline's own input, under its own name. */
  readonly fromInput: boolean;
}

/** Collects the values that cross, one for each expression that is read. */
export interface CrossingValues {
  /** The name of the value that a reference reads, written as `source`; `path` is what it is called after. */
  nameOf(reader: Pick<Reference, "guarded">, source: string, path: readonly (string | number)[]): string;
  values(): readonly CrossingValue[];
}

/** A collection that uses none of the names of `taken`. */
export function crossingValues(taken: Iterable<string>): CrossingValues {
  const bySource = new Map<string, CrossingValue>();
  const used = new Set(taken);
  return {
    nameOf({ guarded }, source, path) {
      const known = bySource.get(source);
      if (known !== undefined) {
        bySource.set(source, { ...known, guarded: known.guarded && guarded });
        return known.name;
      }
      const wanted = nameFrom(path);
      let name = wanted;
      for (let number = 2; used.has(name); number += 1) name = `${wanted}_${number}`;
      used.add(name);
      bySource.set(source, { name, source, guarded, fromInput: false });
      return name;
    },
    values: () => [...bySource.values()],
  };
}

/** The expression that gives a value where its readers can do without it. */
export function sourceTemplate({ source, guarded }: CrossingValue): string {
  return guarded ? `{{ ${source} ?? null }}` : `{{ ${source} }}`;
}

/** A value of the input, which has its name on both sides. */
export function inputValue({ name, guarded }: Pick<CrossingValue, "name" | "guarded">): CrossingValue {
  const source = /^[A-Za-z_]\w*$/.test(name) ? `input.${name}` : `input[${JSON.stringify(name)}]`;
  return { name, source, guarded, fromInput: true };
}

function nameFrom(path: readonly (string | number)[]): string {
  const steps = path.filter((step, index) => index === 0 || step !== "output").map(String);
  return wordOf(steps.join("_")) || "value";
}
