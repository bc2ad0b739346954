/** Header names and values that the user wants sent with each request; a value may hold `${apiKey}`. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** Stands for the key in the value of a header. */
export const KEY_PLACEHOLDER = '${apiKey}';

/** Why a header cannot be sent. */
type HeaderProblem = 'name' | 'value' | 'reserved';

/** Headers that the connection itself decides: one of these from elsewhere could smuggle in another request. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const MAX_VALUE_LENGTH = 8 * 1024;

/** Names and values as RFC 9110 has them, but for what only the connection can know. */
export function headerProblem(name: string, value: unknown): HeaderProblem | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/.test(name)) return 'name';
  if (RESERVED_NAMES.has(name.toLowerCase())) return 'reserved';
  if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH) return 'value';
  // A line break would begin a header of its own; neither Node nor `fetch` sends what is not Latin-1.
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(value) ? undefined : 'value';
}

/** The user's headers and the key: in the header that names it, or else as a bearer token. */
export function requestHeaders(
  headers: ExtraHeaders,
  givenKey: string | undefined,
): Readonly<Record<string, string>> {
  // An empty key stands for a server that needs none.
  const apiKey = givenKey === '' ? undefined : givenKey;
  const filled = Object.entries(headers).flatMap(([name, value]) => {
    // Without a key there is nothing to put in, and half a header proves nothing.
    if (apiKey === undefined && value.includes(KEY_PLACEHOLDER)) return [];
    return [[name.toLowerCase(), value.replaceAll(KEY_PLACEHOLDER, () => apiKey ?? '')] as const];
  });
  const bearer = apiKey !== undefined && !hasKeyPlaceholder(headers);
  return { ...(bearer && { authorization: `Bearer ${apiKey}` }), ...Object.fromEntries(filled) };
}

/** Whether the user chose the header that carries the key. */
export function hasKeyPlaceholder(headers: ExtraHeaders): boolean {
  return Object.values(headers).some((value) => value.includes(KEY_PLACEHOLDER));
}

/** Values to strike out when a server quotes them: the key, and headers whose names say that they are secret. */
export function secretsOf(headers: ExtraHeaders, apiKey: string | undefined): readonly string[] {
  const others = Object.entries(headers)
    .filter(([name, value]) => isSecretName(name) && !value.includes(KEY_PLACEHOLDER))
    .map(([, value]) => value.replace(/^(?:Bearer|Basic|Token) +/i, '').trim());
  return [...(apiKey === undefined ? [] : [apiKey]), ...others].filter((secret) => secret !== '');
}

function isSecretName(name: string): boolean {
  return /auth|cookie|credential|key|password|secret|signature|token/i.test(name);
}
