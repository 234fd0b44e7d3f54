import type * as z from "zod";
import { adapterErrors } from "./adapter-error.ts";

/** Reads what the client sent; throws {@link adapterErrors.invalidLaunch} that names the field. */
export function readArguments<T>(schema: z.ZodType<T>, args: unknown): T {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? "it" : issue.path.join(".");
  throw adapterErrors.invalidLaunch(`${field}: ${issue?.message ?? "not as expected"}`);
}
