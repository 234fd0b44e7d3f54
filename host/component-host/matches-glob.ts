/**
 * Whether a path with `/` matches a glob: `*` and `?` within a step, `**` for any number of steps, `{a,b}` for
 * alternatives. Takes time in proportion to both, whatever they hold.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const steps = path.split("/");
  return alternatives(glob.replace(/^\.\//, "")).some((one) => matchesSteps(steps, one.split("/")));
}

/** More than this many alternatives nobody writes by hand. */
const mostAlternatives = 256;

function alternatives(glob: string): readonly string[] {
  let globs = [glob];
  for (;;) {
    const open = globs.findIndex((one) => /\{[^{}]*\}/.test(one));
    if (open < 0 || globs.length > mostAlternatives) return globs;
    globs = globs.flatMap((one) => {
      const braces = /\{([^{}]*)\}/.exec(one);
      if (braces === null) return [one];
      const { index } = braces;
      const [whole, inner = ""] = braces;
      return inner.split(",").map((part) => one.slice(0, index) + part + one.slice(index + whole.length));
    });
  }
}

function matchesSteps(steps: readonly string[], glob: readonly string[]): boolean {
  return matchesSequence(
    steps,
    glob,
    (part) => part === "**",
    (step, part) =>
      matchesSequence(
        step.split(""),
        part.split(""),
        (char) => char === "*",
        (char, wanted) => wanted === "?" || char === wanted,
      ),
  );
}

/** The usual match with wildcards: on a mismatch the last wildcard takes one more, and earlier ones need not be tried. */
function matchesSequence(
  given: readonly string[],
  wanted: readonly string[],
  isWild: (part: string) => boolean,
  fits: (one: string, part: string) => boolean,
): boolean {
  let [at, part, wild, taken] = [0, 0, -1, 0];
  while (at < given.length) {
    const next = wanted[part];
    if (next !== undefined && isWild(next)) {
      wild = part;
      part += 1;
      taken = at;
    } else if (next !== undefined && fits(given[at] ?? "", next)) {
      at += 1;
      part += 1;
    } else if (wild >= 0) {
      taken += 1;
      at = taken;
      part = wild + 1;
    } else return false;
  }
  return wanted.slice(part).every(isWild);
}
