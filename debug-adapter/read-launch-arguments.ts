import type * as z from "zod";
import { adapterErrors } from "./adapter-error.ts";

/** Reads what the client sent; throws {@link adapterErrors.invalidLaunch} that names the field. */
export function readArguments<T>(schema: z.ZodType<T>, args: unknown): T {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  throw adapterErrors.invalidLaunch(faultOf(result.error));
}

/** Reads the arguments of a request of ours; throws {@link adapterErrors.invalidRequest} that names the field. */
export function readRequest<T>(
  { name, arguments: schema }: { readonly name: string; readonly arguments: z.ZodType<T> },
  args: unknown,
): T {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  throw adapterErrors.invalidRequest(name, faultOf(result.error));
}

function faultOf({ issues: [issue] }: z.ZodError): string {
  const field = issue === undefined || issue.path.length === 0 ? "it" : issue.path.join(".");
  return `${field}: ${issue?.message ?? "not as expected"}`;
}
