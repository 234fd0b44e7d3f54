import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import type { HostFiles } from "../host-files.ts";
import { ModuleFault } from "./module-fault.ts";
import { placeOfStripError } from "./strip-error.ts";

/**
 * Makes imports in the user's files work as they are written: `flowmason` and `zod` are ours, TypeScript loses its
 * types, and what ends in `.js` or `.ts` is an ES module. What cannot be had is a {@link ModuleFault}. Gives the paths of
 * the user's files as they are loaded, in order.
 */
export function hookImports(files: HostFiles): ReadonlySet<string> {
  const loaded = new Set<string>();
  /** A file of the user's: not of a package, and none of ours. */
  const isUsers = (url: string): boolean =>
    url.startsWith("file:") &&
    !url.includes("/node_modules/") &&
    !files.folders.some((folder) => url.startsWith(folder));
  registerHooks({
    resolve(specifier, context, next) {
      const own = shipped(specifier, files);
      if (own !== undefined) return { url: own.href, format: "module", shortCircuit: true };
      const importer = context.parentURL;
      if (importer === undefined || !isUsers(importer)) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch (error) {
        throw unresolved(specifier, fileURLToPath(importer), error);
      }
    },
    load(url, context, next) {
      if (!isUsers(url)) return next(url, context);
      const path = fileURLToPath(url);
      loaded.add(path);
      if (/\.m?ts$/.test(path)) return { format: "module", shortCircuit: true, source: stripped(path) };
      return path.endsWith(".js") ? next(url, { ...context, format: "module" }) : next(url, context);
    },
  });
  return loaded;
}

/** The JavaScript of a TypeScript file, each character at the place it has there. Throws a {@link ModuleFault}. */
export function stripped(path: string): string {
  const source = readFileSync(path, "utf8");
  try {
    return stripTypeScriptTypes(source, { mode: "strip" });
  } catch (error) {
    throw faultOfStripping(error, path);
  }
}

function faultOfStripping(error: unknown, path: string): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  const { message, line1, column1 } = placeOfStripError(error);
  const place = { path, line1, column1 };
  switch (error.code) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return new ModuleFault(
        `${message}. Types are taken out of a component and nothing is put in, so write this in JavaScript: a const object in place of an enum, a field in place of a parameter property.`,
        place,
      );
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return new ModuleFault(`${message}.`, place);
    case "ERR_NO_TYPESCRIPT":
      return new ModuleFault(
        `This Node (${process.version}) was built without TypeScript. Use another build, or write the component in JavaScript.`,
        { path, line1: 1, column1: 1 },
      );
    default:
      return error;
  }
}

function shipped(specifier: string, { flowmason, zod }: HostFiles): URL | undefined {
  if (specifier === "flowmason") return flowmason;
  return specifier === "zod" || specifier === "zod/v4" ? zod : undefined;
}

function unresolved(specifier: string, importer: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) return error;
  const hint = /^[./]|^file:/.test(specifier)
    ? "Write the path from this file, with its ending."
    : "Install it in the project, or import a file by a path that begins with ./";
  const place = placeOfImport(specifier, importer);
  return new ModuleFault(`"${specifier}" cannot be found. ${hint}`, place);
}

/** The first place where a file names a module. */
function placeOfImport(specifier: string, path: string): NonNullable<ModuleFault["place"]> {
  for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
    const at = [`"${specifier}"`, `'${specifier}'`].map((text) => line.indexOf(text)).find((one) => one >= 0);
    if (at !== undefined) return { path, line1: index + 1, column1: at + 1 };
  }
  return { path, line1: 1, column1: 1 };
}
