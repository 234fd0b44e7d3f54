import { dequeue, enqueue } from "./queue.ts";
import { type Frame, Phase, type Queued, type Room, type Schedule } from "./state.ts";

/** Takes up room in a called pipeline and those around it. Where one is full, the stage waits there, and false is returned. */
export function takeRoom(queued: Queued, room: Room): boolean {
  for (let each: Room | null = room; each !== null; each = each.around) {
    if (each.occupied < each.limit) continue;
    enqueue(each.held, queued);
    return false;
  }
  occupyRoom(room);
  return true;
}

/** Takes up room whether or not there is any. */
export function occupyRoom(room: Room | null): void {
  for (let each = room; each !== null; each = each.around) each.occupied += 1;
}

/** Gives the room of a stage back; those that waited for it in its pipeline are queued again. */
export function leaveRoom(schedule: Schedule, frame: Frame): void {
  schedule.occupied -= 1;
  for (let room = frame.room; room !== null; room = room.around) {
    room.occupied -= 1;
    let free = room.limit - room.occupied;
    while (free > 0) {
      const next = dequeue(room.held);
      if (next === undefined) break;
      if (next.frame.phases[next.index] !== Phase.queued) continue;
      enqueue(schedule.queue, next);
      free -= 1;
    }
  }
}
