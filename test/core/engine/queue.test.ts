import fc from "fast-check";
import { expect, test } from "vitest";
import { createQueue, dequeue, enqueue } from "../../../core/engine/schedule/queue.ts";

test("a queue gives what it was given, first come first served, and holds nothing that has left it", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 40 }), (steps) => {
      const queue = createQueue<string>();
      const model: string[] = [];
      let next = 0;
      for (const [turn, count] of steps.entries()) {
        for (let i = 0; i < count; i++) {
          if (turn % 2 === 1) {
            expect(dequeue(queue)).toBe(model.shift());
          } else {
            model.push(`item ${next}`);
            enqueue(queue, `item ${next}`);
            next += 1;
          }
        }
        expect(queue.size).toBe(model.length);
        expect(queue.slots.filter((slot) => slot !== undefined).sort()).toEqual([...model].sort());
      }
    }),
    { seed: 20260101, numRuns: 200 },
  );
});
