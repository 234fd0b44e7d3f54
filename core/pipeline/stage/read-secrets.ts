import type { JsonNode, Span } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed } from "./field-reader.ts";

/** A secret that a pipeline or a stage names. */
export interface DeclaredSecret {
  readonly name: string;
  /** Where it is kept: the environment variable that holds it, or `vault/path#field`. */
  readonly source: string;
  /** Whether there is no run without it. */
  readonly isRequired: boolean;
  /** Nothing but its name is written: for a stage, it is the pipeline's of that name where there is one. */
  readonly isNameOnly: boolean;
  readonly span: Span;
}

/** What `secrets` says, and what is wrong with it. Spans are as in the nodes. */
export interface WrittenSecrets {
  readonly declared: readonly DeclaredSecret[];
  readonly faults: readonly { readonly message: string; readonly span: Span }[];
}

/** Names of secrets and of environment variables. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A path in a vault and a field there. Markers of secrets have it in them, and end where it does. */
const VAULT_PLACE = /^(?!\/)(?!(.*\/)?\.{1,2}(\/|#))[A-Za-z0-9_./-]+#[A-Za-z0-9_.-]+$/;

/** Reads `secrets` of a pipeline or a stage: a list of names, or name -> {env or vault, required, description}. */
export function readSecrets(fields: readonly Field[]): WrittenSecrets {
  const field = fieldNamed(fields, "secrets");
  const declared: DeclaredSecret[] = [];
  const faults: { message: string; span: Span }[] = [];
  const value = field?.value;
  if (value === undefined || value.kind === "null" || value.kind === "error") return { declared, faults };
  const add = (name: string, span: Span, of: Omit<DeclaredSecret, "name" | "span">): void => {
    if (NAME.test(name)) declared.push({ name, span, ...of });
    else
      faults.push({
        span,
        message: `${JSON.stringify(name)} is no name for a secret: use letters, digits and _, with no digit first.`,
      });
  };
  if (value.kind === "array") {
    for (const item of value.items) {
      if (item.kind === "string")
        add(item.value, item.span, { source: item.value, isRequired: true, isNameOnly: true });
      else if (item.kind !== "error") faults.push({ span: item.span, message: shape });
    }
  } else if (value.kind === "object") {
    for (const property of value.properties) {
      const details = readDetails(property.key, property.value);
      if (details.ok) add(property.key, property.keySpan, details.secret);
      else faults.push(details.fault);
    }
  } else faults.push({ span: value.span, message: shape });
  return { declared, faults };
}

const shape =
  '"secrets" is a list of names, or an object: {"API_KEY": {"env": "MY_API_KEY", "required": true, "description": "…"}}.';

type Details =
  | { readonly ok: true; readonly secret: Omit<DeclaredSecret, "name" | "span"> }
  | { readonly ok: false; readonly fault: WrittenSecrets["faults"][number] };

function readDetails(name: string, node: JsonNode): Details {
  const refuse = (message: string, span: Span): Details => ({ ok: false, fault: { message, span } });
  if (node.kind === "null" || node.kind === "error")
    return { ok: true, secret: { source: name, isRequired: true, isNameOnly: true } };
  if (node.kind !== "object") {
    return refuse(
      `A secret's value does not belong into the file. Write {"env": "NAME"} with the environment variable that holds it.`,
      node.span,
    );
  }
  for (const { key, keySpan } of node.properties) {
    if (!["env", "vault", "required", "description"].includes(key))
      return refuse(`A secret has no field "${key}", only env, vault, required and description.`, keySpan);
  }
  const env = fieldNamed(node.properties, "env")?.value;
  const vault = fieldNamed(node.properties, "vault")?.value;
  const required = fieldNamed(node.properties, "required")?.value;
  if (env !== undefined && !(env.kind === "string" && NAME.test(env.value)))
    return refuse('"env" is the name of an environment variable.', env.span);
  if (vault !== undefined && !(vault.kind === "string" && VAULT_PLACE.test(vault.value)))
    return refuse('"vault" is a path and a field: "team/app#token".', vault.span);
  if (vault !== undefined && env !== undefined)
    return refuse('A secret is in "env" or in "vault", not in both.', vault.span);
  if (required !== undefined && required.kind !== "boolean")
    return refuse('"required" is true or false.', required.span);
  return {
    ok: true,
    secret: {
      source: vault?.kind === "string" ? `vault/${vault.value}` : env?.kind === "string" ? env.value : name,
      isRequired: required?.kind === "boolean" ? required.value : true,
      isNameOnly: env === undefined && vault === undefined && required === undefined,
    },
  };
}
