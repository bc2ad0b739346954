import { KEY_PLACEHOLDER, hasKeyPlaceholder, type ExtraHeaders } from './headers';
import type { WireRequest } from './api-selection';

/** Longest argument in bytes. The limit of Linux is 128 KB. */
const MAX_ARGUMENT_BYTES = 120_000;

/**
 * The request as a command for a POSIX shell, with the key in an environment variable. The shell interprets nothing
 * in the body.
 *
 * @param withKey whether the service needs a key
 */
export function curlCommand(
  url: URL,
  body: WireRequest['body'],
  withKey: boolean,
  headers: ExtraHeaders = {},
): string {
  return [
    `curl ${quoted(url.href)}`,
    `-H ${quoted('Content-Type: application/json')}`,
    // In double quotes, so that the shell expands the variable.
    ...(withKey && !hasKeyPlaceholder(headers) ? ['-H "Authorization: Bearer $AIMLAPI_API_KEY"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quotedWithKeyVariable(`${name}: ${value}`)}`),
    ...(body.stream ? ['--no-buffer'] : []),
    dataOf(JSON.stringify(body).replace(INVISIBLE_CHARACTERS, escaped)),
  ].join(' \\\n  ');
}

/** Characters that a terminal may interpret or hide; for example, DEL removes the character before it. */
const INVISIBLE_CHARACTERS = /[\x7f-\x9f\p{Cf}\u2028\u2029]/gu;

function escaped(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A long body is passed as a here-document. JSON is a single line, so it cannot contain the end marker. */
function dataOf(json: string): string {
  const argument = quoted(json);
  return new TextEncoder().encode(argument).length <= MAX_ARGUMENT_BYTES
    ? `--data-raw ${argument}`
    : `--data-binary @- <<'JSON'\n${json}\nJSON`;
}

/** Only the variable with the key is expanded by the shell. */
function quotedWithKeyVariable(text: string): string {
  return text
    .split(KEY_PLACEHOLDER)
    .map((part) => (part === '' ? '' : quoted(part)))
    .join('"$AIMLAPI_API_KEY"');
}

/** A shell interprets nothing in single quotes; a single quote is closed, escaped and opened again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
