/** How keys of known services begin. What follows is at least 16 characters of letters and digits. */
const prefixes: readonly (readonly [prefix: string, of: string])[] = [
  ["sk-", "a key of a model provider"],
  ["gsk_", "a key of a model provider"],
  ["ghp_", "a GitHub token"],
  ["gho_", "a GitHub token"],
  ["ghs_", "a GitHub token"],
  ["ghu_", "a GitHub token"],
  ["github_pat_", "a GitHub token"],
  ["glpat-", "a GitLab token"],
  ["AKIA", "an AWS key"],
  ["ASIA", "an AWS key"],
  ["AIza", "a Google key"],
  ["xoxb-", "a Slack token"],
  ["xoxp-", "a Slack token"],
  ["xoxa-", "a Slack token"],
  ["xoxs-", "a Slack token"],
  ["hf_", "a Hugging Face token"],
];

/** Keys whose values are secrets, in lower case and without separators. */
const secretKeys = new Set([
  "authorization",
  "proxyauthorization",
  "apikey",
  "xapikey",
  "password",
  "passwd",
  "secret",
  "clientsecret",
  "secretkey",
  "token",
  "accesstoken",
  "authtoken",
  "refreshtoken",
  "privatekey",
]);

/** Words of placeholders. */
const placeholders = [
  "your",
  "example",
  "change",
  "placeholder",
  "dummy",
  "xxxx",
  "todo",
  "insert",
  "secret",
  "redacted",
];

const longest = 4096;

/** What kind of secret a text under that key looks like; null for none. Templates and placeholders are none. */
export function secretIn(key: string, text: string): string | null {
  if (text.length > longest || text.includes("{{") || text.includes("${")) return null;
  if (text.includes("-----BEGIN ") && text.includes("PRIVATE KEY-----")) return "a private key";
  for (const word of text.split(/[^\w\-+/=.]+/)) {
    const known = prefixes.find(([prefix]) => word.startsWith(prefix));
    if (known !== undefined && isRandom(word.slice(known[0].length), 16)) return known[1];
  }
  if (!secretKeys.has(key.toLowerCase().replaceAll(/[-_]/g, ""))) return null;
  const value = text.trim().replace(/^(?:Bearer|Basic|Token) +/i, "");
  if (/\s/.test(value) || isPlaceholder(value)) return null;
  if (key.toLowerCase().startsWith("passw"))
    return value.length >= 6 && !isDotted(value) ? "a password" : null;
  return isRandom(value, 12) ? "a secret" : null;
}

/** Letters and digits without much repetition, as no word or path has them. */
function isRandom(text: string, least: number): boolean {
  if (text.length < least || isPlaceholder(text)) return false;
  return /\d/.test(text) && /[a-zA-Z]/.test(text) && entropy(text) >= 3;
}

function isPlaceholder(text: string): boolean {
  const lower = text.toLowerCase();
  return /[<>…*]|\.\.\./.test(text) || placeholders.some((word) => lower.includes(word));
}

function isDotted(text: string): boolean {
  return /^[a-zA-Z_$][\w$]*(?:\.[a-zA-Z_$][\w$]*)+$/.test(text);
}

/** Shannon's, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
