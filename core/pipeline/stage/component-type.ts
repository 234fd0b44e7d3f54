/** `http-request@^1.0.0` is the component `http_request` in the range `^1.0.0`; `-` equals `_` (facts, section 1.2). */
export function parseComponentType(written: string): {
  readonly type: string;
  readonly versionRange: string | null;
} {
  const at = written.indexOf("@", 1);
  const name = at < 0 ? written : written.slice(0, at);
  return {
    type: name.trim().replaceAll("-", "_"),
    versionRange: at < 0 ? null : written.slice(at + 1).trim(),
  };
}
