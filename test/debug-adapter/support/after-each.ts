import { afterEach } from "vitest";
import { endAdapters } from "./adapter-process.ts";

// Loaded for each file of tests, unlike what those import, which stays loaded from one file to the next.
afterEach(endAdapters);
