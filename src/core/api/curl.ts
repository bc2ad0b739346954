import { KEY_PLACEHOLDER, hasKeyPlaceholder, type ExtraHeaders } from './headers';
import type { ChatBody } from './chat-completions/body';

/** Bytes that Linux lets an argument have, less some. */
const MAX_ARGUMENT_BYTES = 120_000;

/**
 * The same request as a command for a POSIX shell, with the key in an environment variable: nothing in the
 * body is interpreted by the shell.
 *
 * @param withKey whether the service needs one
 */
export function curlCommand(url: URL, body: ChatBody, withKey: boolean, headers: ExtraHeaders = {}): string {
  return [
    `curl ${quoted(url.href)}`,
    `-H ${quoted('Content-Type: application/json')}`,
    // In double quotes, so that the shell puts the variable in.
    ...(withKey && !hasKeyPlaceholder(headers) ? ['-H "Authorization: Bearer $AIMLAPI_API_KEY"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quotedWithKeyVariable(`${name}: ${value}`)}`),
    ...(body.stream ? ['--no-buffer'] : []),
    dataOf(JSON.stringify(body).replace(INVISIBLE_CHARACTERS, escaped)),
  ].join(' \\\n  ');
}

/** Characters that a terminal may interpret or hide: a DEL removes the character before it. */
const INVISIBLE_CHARACTERS = /[\x7f-\x9f\p{Cf}\u2028\u2029]/gu;

function escaped(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A long body comes as a document behind the command; JSON is one line, so that it cannot end it. */
function dataOf(json: string): string {
  const argument = quoted(json);
  return new TextEncoder().encode(argument).length <= MAX_ARGUMENT_BYTES
    ? `--data-raw ${argument}`
    : `--data-binary @- <<'JSON'\n${json}\nJSON`;
}

/** The key is put in by the shell, and nothing else of the text is interpreted. */
function quotedWithKeyVariable(text: string): string {
  return text
    .split(KEY_PLACEHOLDER)
    .map((part) => (part === '' ? '' : quoted(part)))
    .join('"$AIMLAPI_API_KEY"');
}

/** In single quotes a shell interprets nothing; a quote itself is put between two of them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
