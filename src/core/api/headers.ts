/** Headers from the settings that are sent with each request. A value may contain `${apiKey}`. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** The placeholder for the API key in the value of a header. */
export const KEY_PLACEHOLDER = '${apiKey}';

/** Why a header cannot be sent. */
type HeaderProblem = 'name' | 'value' | 'reserved';

/** Headers that belong to the connection. Setting one of them could allow request smuggling. */
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

/** Checks a header against RFC 9110, and rejects the headers that belong to the connection. */
export function headerProblem(name: string, value: unknown): HeaderProblem | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/.test(name)) return 'name';
  if (RESERVED_NAMES.has(name.toLowerCase())) return 'reserved';
  if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH) return 'value';
  // A line break would start another header. Neither Node nor `fetch` can send characters beyond Latin-1.
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(value) ? undefined : 'value';
}

/**
 * The headers of a request: those of the user, and the key in the header that contains its placeholder, or as a
 * bearer token.
 */
export function requestHeaders(
  headers: ExtraHeaders,
  givenKey: string | undefined,
): Readonly<Record<string, string>> {
  // An empty key means that the server needs none.
  const apiKey = givenKey === '' ? undefined : givenKey;
  const filledHeaders = Object.entries(headers).flatMap(([name, value]) => {
    // Without a key, a header that should contain it is left out.
    if (apiKey === undefined && value.includes(KEY_PLACEHOLDER)) return [];
    return [[name.toLowerCase(), value.replaceAll(KEY_PLACEHOLDER, () => apiKey ?? '')] as const];
  });
  const bearer = apiKey !== undefined && !hasKeyPlaceholder(headers);
  return { ...(bearer && { authorization: `Bearer ${apiKey}` }), ...Object.fromEntries(filledHeaders) };
}

/** Whether one of the headers contains the key. */
export function hasKeyPlaceholder(headers: ExtraHeaders): boolean {
  return Object.values(headers).some((value) => value.includes(KEY_PLACEHOLDER));
}

/** The values that are redacted from texts of the server: the key, and the values of headers with secret names. */
export function secretsOf(headers: ExtraHeaders, apiKey: string | undefined): readonly string[] {
  const otherSecrets = Object.entries(headers)
    .filter(([name, value]) => isSecretName(name) && !value.includes(KEY_PLACEHOLDER))
    .map(([, value]) => value.replace(/^(?:Bearer|Basic|Token) +/i, '').trim());
  return [...(apiKey === undefined ? [] : [apiKey]), ...otherSecrets].filter((secret) => secret !== '');
}

function isSecretName(name: string): boolean {
  return /auth|cookie|credential|key|password|secret|signature|token/i.test(name);
}
