/**
 * The text of a pipeline that nobody has arranged: steps of five stages, each waiting for two of the step before and
 * now and then for one of an earlier step. `variant` moves who waits for whom.
 */
export function largePipeline(stages: number, variant = 0): string {
  const width = 5;
  const written = Array.from({ length: stages }, (_, i) => {
    const step = Math.floor(i / width);
    const before = (steps: number, place: number): string => `s${(step - steps) * width + (place % width)}`;
    const waits = step === 0 ? [] : [before(1, i + variant), before(1, i * 7 + step)];
    if (step > 4 && i % 9 === 0) waits.push(before(2 + (i % 3), i + variant * step));
    return {
      id: `s${i}`,
      component_type: "logger",
      config: { message: "m" },
      depends_on: [...new Set(waits)],
    };
  });
  return `${JSON.stringify({ name: "large", version: "1.0.0", stages: written }, null, 1)}\n`;
}
