import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Binding, evaluate, functionReference, parseExpression, type Scope } from "#core/expressions";
import type { Json } from "#core/ports";
import { rowText } from "./variables.ts";

/** Names that one answer has at most: an object from outside may have a hundred thousand keys. */
const MOST = 500;

/** What of a text is being typed: the path before the last point, and the beginning of a name after it. */
interface Typed {
  readonly path: string | null;
  readonly begun: string;
}

/**
 * What may follow at the end of `text`, an expression or a template with one open: after a point the members of what is
 * there at the stop, else the names in sight and the functions. Nothing is run or changed for it.
 */
export function completionsOf(
  text: string,
  columnsBase: 0 | 1,
  scope: Scope,
): readonly DebugProtocol.CompletionItem[] {
  const typed = typedAtEnd(text);
  if (typed === null) return [];
  const { path, begun } = typed;
  const place = { start: text.length - begun.length + columnsBase, length: begun.length };
  const items: DebugProtocol.CompletionItem[] = [];
  for (const [name, detail] of path === null ? namesIn(scope) : membersOf(path, scope)) {
    if (!name.toLowerCase().startsWith(begun.toLowerCase())) continue;
    items.push({ label: name, type: path === null ? "variable" : "property", ...place, ...detailOf(detail) });
    if (items.length >= MOST) return items;
  }
  if (path !== null) return items;
  for (const { kind, name, signature } of functionReference())
    if (kind === "function" && name.toLowerCase().startsWith(begun.toLowerCase()))
      items.push({ label: name, type: "function", detail: signature, sortText: `~${name}`, ...place });
  return items.slice(0, MOST);
}

function detailOf(detail: string | undefined): Pick<DebugProtocol.CompletionItem, "detail"> {
  return detail === undefined ? {} : { detail };
}

/** Null inside of a quoted text, and in what is no expression: outside of {{ }} in a template. */
function typedAtEnd(text: string): Typed | null {
  const open = text.lastIndexOf("{{");
  const closed = text.lastIndexOf("}}");
  if (closed > open) return null;
  const expression = open < 0 ? text : text.slice(open + 2);
  if (isInQuotes(expression)) return null;
  const path =
    /((?:[A-Za-z_]\w*(?:-[A-Za-z]\w*)*)(?:\??\.[\w-]+|\[(?:-?\d+|"[^"]*"|'[^']*')\])*)\??\.([\w-]*)$/.exec(
      expression,
    );
  if (path !== null) return { path: path[1] ?? "", begun: path[2] ?? "" };
  const name = /(?:^|[^\w.\])}"'])([A-Za-z_][\w-]*)?$/.exec(expression);
  return name === null ? null : { path: null, begun: name[1] ?? "" };
}

function isInQuotes(text: string): boolean {
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== null) {
      if (character === "\\") at += 1;
      else if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
  }
  return quote !== null;
}

function* namesIn(scope: Scope): Iterable<readonly [string, string | undefined]> {
  for (const name of new Set(scope.names())) yield [name, wordsOf(scope.resolve(name))];
}

function* membersOf(path: string, scope: Scope): Iterable<readonly [string, string | undefined]> {
  const binding = scope.resolve(path);
  if (binding?.kind === "namespace") {
    for (const name of binding.names()) yield [name, wordsOf(binding.resolve(name))];
    return;
  }
  if (binding?.kind === "stage") for (const name of Object.keys(binding.aliases)) yield [name, undefined];
  const result = evaluate(parseExpression(path), scope);
  if (!result.ok || !isObject(result.value)) return;
  const { value } = result;
  // Others are written in brackets, which a completion after a point cannot do.
  for (const name of Object.keys(value))
    if (/^[A-Za-z_]\w*$/.test(name)) yield [name, rowText(value[name] ?? null)];
}

function wordsOf(binding: Binding | undefined): string | undefined {
  switch (binding?.kind) {
    case "value":
      return rowText(binding.value).slice(0, 100);
    case "stage":
      return rowText(binding.output).slice(0, 100);
    case "absent":
      return binding.what;
    case "namespace":
    case undefined:
      return undefined;
  }
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
