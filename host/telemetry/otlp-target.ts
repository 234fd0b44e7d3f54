import { type Attributes, type ContentCapture, type RemoteParent, readTraceParent } from "#core/telemetry";
import type { Environment } from "../http/fetch-with-proxies.ts";
import { durationOf, pairsOf } from "./read-variables.ts";
import type { TelemetrySettings } from "./telemetry-schema.ts";

/** Where traces go, and what is in them. */
export interface OtlpTarget {
  /** With its path: what is posted to. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The values of the headers, and the variables that they come from, by the names that stand for them. */
  readonly secrets: readonly (readonly [source: string, value: string])[];
  readonly resource: Attributes;
  readonly compression: "none" | "gzip";
  /** Milliseconds for a request, and for what is left when the run has ended. */
  readonly timeoutMs: number;
  /** Milliseconds until spans that have ended are sent. */
  readonly delayMs: number;
  readonly parent: RemoteParent | null;
  readonly capture: ContentCapture;
}

/** What the settings come to. `notice` says to people what of them is not done. */
export type OtlpChoice =
  | { readonly kind: "off"; readonly notice: string | null }
  | { readonly kind: "on"; readonly target: OtlpTarget; readonly notice: string | null };

/** A setting of traces cannot be used: the message says which, and what to write. It has no value of a header. */
export class TelemetryFault extends Error {
  override readonly name = "TelemetryFault";
}

/** Where `--otlp`, the environment and flowmason.json say that traces go. */
export interface OtlpSources {
  /** What `--otlp` says: an address, empty for the usual one; undefined where it was not given. */
  readonly option: string | undefined;
  /** The variables that OpenTelemetry's specification names. */
  readonly env: Environment;
  readonly manifest: TelemetrySettings | undefined;
}

const LOCAL = "http://localhost:4318";
const TRACES = "OTEL_EXPORTER_OTLP_TRACES_";
const ALL = "OTEL_EXPORTER_OTLP_";

/** Decides whether and where to traces go. Throws {@link TelemetryFault}. */
export function otlpTarget(sources: OtlpSources): OtlpChoice {
  const { env } = sources;
  const address = addressOf(sources);
  if (address === null) return { kind: "off", notice: null };
  const off = offBecause(env);
  if (off !== null) return { kind: "off", notice: address.isAsked ? `No traces are sent: ${off}.` : null };
  const protocol = env[`${TRACES}PROTOCOL`] || env[`${ALL}PROTOCOL`] || "http/json";
  if (protocol === "grpc")
    throw new TelemetryFault(
      `Traces are sent over HTTP, and the environment asks for grpc (${ALL}PROTOCOL). Set it to http/json, with the address of the collector's HTTP receiver, which is on port 4318 and not on 4317.`,
    );
  if (protocol !== "http/json" && protocol !== "http/protobuf")
    throw new TelemetryFault(
      `There is no protocol ${JSON.stringify(protocol)} (${ALL}PROTOCOL). Set it to http/json.`,
    );
  const trace = readTraceParent(env["TRACEPARENT"], env["TRACESTATE"]);
  if (trace.kind === "unsampled")
    return { kind: "off", notice: "No traces are sent: TRACEPARENT says that this trace is not recorded." };
  const unreadable = trace.kind === "unreadable" ? "TRACEPARENT is of no known form, and is not used." : null;
  const resource = resourceOf(sources);
  const variables = headerVariables(sources, address);
  const headers = variables.flatMap((name) => headersOf(name, env[name] ?? ""));
  return {
    kind: "on",
    notice: [unreadable, resource.notice].filter((text) => text !== null).join(" ") || null,
    target: {
      url: address.url,
      headers: Object.fromEntries(headers),
      secrets: secretsOf(env, variables, headers),
      resource: resource.attributes,
      compression: compressionOf(env),
      timeoutMs: durationOf(env, [`${TRACES}TIMEOUT`, `${ALL}TIMEOUT`], 10_000),
      delayMs: durationOf(env, ["OTEL_BSP_SCHEDULE_DELAY"], 5000),
      parent: trace.kind === "sampled" ? trace.parent : null,
      capture: captureOf(env),
    },
  };
}

/** What traces have in them that no run says: the service, and whether messages of models are told. */
export interface TraceContents {
  readonly resource: Attributes;
  readonly capture: ContentCapture;
}

/** The contents for traces of a record, which were worked out in another environment than this one. */
export function traceContents({ env, manifest }: Omit<OtlpSources, "option">): TraceContents {
  return { resource: resourceOf({ env: {}, manifest }).attributes, capture: captureOf(env) };
}

interface Address {
  readonly url: URL;
  /** Whether this command or flowmason.json says so, and not an environment that is for other programs too. */
  readonly isAsked: boolean;
  readonly isOfManifest: boolean;
}

function addressOf({ option, env, manifest }: OtlpSources): Address | null {
  const traces = env[`${TRACES}ENDPOINT`] || undefined;
  const base = env[`${ALL}ENDPOINT`] || undefined;
  const isAsked = option !== undefined;
  if (option !== undefined && option !== "")
    return { url: withPath(option, "--otlp"), isAsked, isOfManifest: false };
  if (traces !== undefined) return { url: parsed(traces, `${TRACES}ENDPOINT`), isAsked, isOfManifest: false };
  if (base !== undefined) return { url: withPath(base, `${ALL}ENDPOINT`), isAsked, isOfManifest: false };
  if (manifest?.endpoint !== undefined)
    return {
      url: withPath(manifest.endpoint, "telemetry.endpoint in flowmason.json"),
      isAsked: true,
      isOfManifest: true,
    };
  const exporters = (env["OTEL_TRACES_EXPORTER"] ?? "").split(",").map((name) => name.trim());
  if (!isAsked && !exporters.includes("otlp")) return null;
  return { url: withPath(LOCAL, "--otlp"), isAsked, isOfManifest: false };
}

/** The address of a server, which has a path for each kind of signal. */
function withPath(text: string, source: string): URL {
  const url = parsed(text, source);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
  return url;
}

function parsed(text: string, source: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new TelemetryFault(
      `${source} is no http or https address. Write it as ${LOCAL}, the address of an OTLP receiver for HTTP.`,
    );
  if (url.username !== "" || url.password !== "")
    throw new TelemetryFault(
      `${source} holds a user name or password, which is not sent. Take it out, and put a header into ${ALL}HEADERS.`,
    );
  return url;
}

/** Why nothing is sent whatever the address; null where it is. */
function offBecause(env: Environment): string | null {
  if (env["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true") return "OTEL_SDK_DISABLED is true";
  const exporters = (env["OTEL_TRACES_EXPORTER"] ?? "").split(",").map((name) => name.trim());
  return exporters.includes("none") ? "OTEL_TRACES_EXPORTER is none" : null;
}

/** What the environment has for one server is not for the one that a project names. */
function headerVariables({ manifest }: OtlpSources, { isOfManifest }: Address): readonly string[] {
  if (!isOfManifest) return [`${ALL}HEADERS`, `${TRACES}HEADERS`];
  return manifest?.headers_env === undefined ? [] : [manifest.headers_env];
}

type Pairs = readonly (readonly [name: string, value: string])[];

function headersOf(variable: string, text: string): Pairs {
  const pairs = pairsOf(text);
  const isUsable = pairs?.every(
    ([name, value]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n\0]/.test(value),
  );
  if (pairs === null || isUsable !== true)
    throw new TelemetryFault(
      `The environment variable ${variable} holds no headers. Write them as name=value,name=value, with %20 and the like for what is special in a value.`,
    );
  return pairs.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Shorter values are words such as `true`, which stand in many places. */
const SHORTEST_SECRET = 8;

function secretsOf(env: Environment, variables: readonly string[], headers: Pairs): Pairs {
  const [variable = ""] = variables;
  const parts = headers.map(
    ([name, value]) => [`${variable}#${name.replaceAll(/[^\w.-]/g, "_")}`, value] as const,
  );
  const whole = variables.map((name) => [name, env[name] ?? ""] as const);
  return [...whole, ...parts].filter(([, value]) => value.length >= SHORTEST_SECRET);
}

function resourceOf({ env, manifest }: Omit<OtlpSources, "option">): {
  readonly attributes: Attributes;
  readonly notice: string | null;
} {
  const given = pairsOf(env["OTEL_RESOURCE_ATTRIBUTES"] ?? "");
  const named = env["OTEL_SERVICE_NAME"] || undefined;
  const service = named === undefined ? {} : { "service.name": named };
  return {
    attributes: {
      "service.name": manifest?.service_name ?? "flowmason",
      "telemetry.sdk.name": "flowmason",
      "telemetry.sdk.language": "nodejs",
      ...Object.fromEntries(given ?? []),
      ...service,
    },
    // As the specification has it: none of them then.
    notice:
      given === null
        ? "OTEL_RESOURCE_ATTRIBUTES is not of the form name=value,name=value, and is not used."
        : null,
  };
}

function compressionOf(env: Environment): OtlpTarget["compression"] {
  const name = env[`${TRACES}COMPRESSION`] || env[`${ALL}COMPRESSION`] || "none";
  if (name === "none" || name === "gzip") return name;
  throw new TelemetryFault(
    `There is no compression ${JSON.stringify(name)} (${ALL}COMPRESSION): gzip or none.`,
  );
}

/** Prompts and answers are told only on demand. The older form of the variable is a boolean. */
function captureOf(env: Environment): ContentCapture {
  const value = env["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"]?.trim().toLowerCase() ?? "";
  return ["true", "span_only", "span_and_event"].includes(value) ? "messages" : "none";
}
