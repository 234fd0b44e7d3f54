import { measureOverhead } from "./overhead.ts";
import { measureReading } from "./reading.ts";
import { measureSnapshots } from "./snapshots.ts";
import { measureStateAt } from "./state-at.ts";

console.log(`Journal: what a record costs and what it takes to read one. Node ${process.versions.node}.\n`);
await measureStateAt();
await measureSnapshots();
await measureOverhead();
await measureReading();
