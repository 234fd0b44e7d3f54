import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** A type of the protocol as a JSON Schema in which names refer to `#/definitions`. */
export type TypeSchema = Readonly<Record<string, unknown>>;

/**
 * The protocol's types as JSON Schemas, by name, read from the declarations that are generated from its own schema and
 * are all that is published of it as a package. An object has the members that are declared, and no others.
 */
export function protocolTypes(): Readonly<Record<string, TypeSchema>> {
  const packed = createRequire(import.meta.url).resolve("@vscode/debugprotocol/package.json");
  const text = readFileSync(packed.replace("package.json", "lib/debugProtocol.d.ts"), "utf8");
  const tokens = text.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, "").match(/'[^']*'|[\w$]+|[^\s]/g) ?? [];
  return readTypes(tokens);
}

interface Members {
  readonly properties: Record<string, TypeSchema>;
  readonly required: Set<string>;
  others: TypeSchema | false;
}

function readTypes(tokens: readonly string[]): Readonly<Record<string, TypeSchema>> {
  let at = 0;
  const peek = (): string => tokens[at] ?? "";
  const take = (): string => tokens[at++] ?? "";
  const skip = (token: string): boolean => {
    if (peek() !== token) return false;
    at += 1;
    return true;
  };
  const expectToken = (token: string): void => {
    if (!skip(token)) throw new Error(`The declarations have ${peek()} where ${token} should be.`);
  };

  const readMembers = (members: Members): Members => {
    expectToken("{");
    while (!skip("}")) {
      if (skip("[")) {
        while (take() !== "]");
        expectToken(":");
        members.others = readType();
      } else {
        const name = take();
        if (skip("?")) members.required.delete(name);
        else members.required.add(name);
        expectToken(":");
        members.properties[name] = readType();
      }
      skip(";");
    }
    return members;
  };

  const readType = (): TypeSchema => {
    const types = [readOne()];
    while (skip("|")) types.push(readOne());
    return types.length === 1 ? (types[0] ?? {}) : { anyOf: types };
  };

  const readOne = (): TypeSchema => {
    let type = readPrimary();
    while (skip("[")) {
      expectToken("]");
      type = { type: "array", items: type };
    }
    return type;
  };

  const readPrimary = (): TypeSchema => {
    if (peek() === "{") return schemaOf(readMembers(noMembers()));
    const token = take();
    if (token === "(") {
      const inside = readType();
      expectToken(")");
      return inside;
    }
    if (token === "any") return {};
    if (token.startsWith("'")) return { const: token.slice(1, -1) };
    if (/^(string|number|boolean|null|object)$/.test(token)) return { type: token };
    return { $ref: `#/definitions/${token}` };
  };

  const interfaces = new Map<string, Members>();
  const definitions: Record<string, TypeSchema> = {};
  while (at < tokens.length) {
    const keyword = take();
    if (keyword === "interface") {
      const name = take();
      const base = skip("extends") ? interfaces.get(take()) : undefined;
      const members = readMembers(copyOf(base ?? noMembers()));
      interfaces.set(name, members);
      definitions[name] = schemaOf(members);
    } else if (keyword === "type") {
      const name = take();
      expectToken("=");
      definitions[name] = readType();
    }
  }
  return definitions;
}

function noMembers(): Members {
  return { properties: {}, required: new Set(), others: false };
}

function copyOf({ properties, required, others }: Members): Members {
  return { properties: { ...properties }, required: new Set(required), others };
}

function schemaOf({ properties, required, others }: Members): TypeSchema {
  return { type: "object", properties, required: [...required], additionalProperties: others };
}
