import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { findAccessTokens } from './access-tokens';
import { secretKind, type Secret } from './secret-kinds';

export type { Secret, SecretKind } from './secret-kinds';

/** Lets other work run between two slices of a long text. */
type Yield = () => Promise<unknown>;

/**
 * Length of a slice that is searched without yielding, in characters: about 10 ms of work. Slices overlap by more than
 * the longest secret that the rules recognize (a private key of 10,000 characters).
 */
const SLICE_LENGTH = 64 * 1024;

const OVERLAP = 12 * 1024;

// Performance marks would accumulate during the lifetime of the extension host.
secretLintProfiler.setEnabled(false);

/** All rules but one: a comment in the text (`secretlint-disable`) must not disable the others. */
const textRules = rules.filter(({ meta: { id } }) => !id.endsWith('-filter-comments'));

/**
 * The secrets in a text, in their order. Each value is reported once, at its first occurrence.
 *
 * @param yieldNow awaited between slices of a long text
 */
export async function findSecrets(text: string, yieldNow: Yield): Promise<readonly Secret[]> {
  const found = new Map<string, Secret>();
  for (let start = 0; ; start += SLICE_LENGTH - OVERLAP) {
    const end = Math.min(text.length, start + SLICE_LENGTH);
    for (const secret of await secretsOf(text.slice(start, end))) {
      const offset = start + secret.offset;
      // A match at the border of a slice may be part of a longer one that another slice contains completely.
      const isCut =
        (secret.offset === 0 && start > 0) || (offset + secret.value.length === end && end < text.length);
      if (!isCut && !found.has(secret.value)) found.set(secret.value, { ...secret, offset });
    }
    if (end === text.length) break;
    await yieldNow();
  }
  for (const secret of await serviceAccountKeys(text)) found.set(secret.value, secret);
  const secrets = [...found.values()].sort((one, other) => one.offset - other.offset);
  return secrets.filter((secret) => !secrets.some((other) => isPartOf(secret, other, text)));
}

/** Two rules may report the same secret, one of them with more text around it. */
function isPartOf(secret: Secret, other: Secret, text: string): boolean {
  const { value, offset } = secret;
  return (
    other.value.length > value.length &&
    offset >= other.offset &&
    offset + value.length <= other.offset + other.value.length &&
    text.lastIndexOf(value) === offset
  );
}

async function secretsOf(slice: string): Promise<readonly Secret[]> {
  // The npm rule searches for GitHub tokens in URLs only in a file of this name.
  const asPackage = slice.includes('x-oauth-basic') ? await reportsOn(slice, 'package.json') : [];
  const reports = [...(await reportsOn(slice, '.npmrc')), ...asPackage];
  const secrets = reports.flatMap(({ messageId, data, range: [from] }) => {
    const matched = secretPart(messageId, matchedText(data));
    // The range of some rules begins at the name before the value.
    const offset = matched === '' ? -1 : slice.indexOf(matched, from);
    const value = wholeToken(matched, offset, slice);
    return offset < 0 || !isSecret(messageId, value) ? [] : [{ kind: secretKind(messageId), value, offset }];
  });
  return [
    ...secrets,
    ...findAccessTokens(slice).filter(({ value }) => isSecret('', value)),
    ...privateKeys(slice),
  ];
}

/** A rule may match only the beginning of a token, and the rest must not leave either. */
function wholeToken(matched: string, offset: number, slice: string): string {
  return /^[\w-]{20,}$/.test(matched)
    ? matched + (/^[\w-]*/.exec(slice.slice(offset + matched.length))?.[0] ?? '')
    : matched;
}

/** Example logins, as in `https://user:pass@example.com`. */
const EXAMPLE_LOGIN = /^[\w-]{1,16}:(?:secret|pass|password|root|admin|user)$/i;

/** Account numbers are public, and variables are not yet secrets. */
function isSecret(messageId: string, value: string): boolean {
  return messageId !== 'AWSAccountID' && !value.includes('${') && !EXAMPLE_LOGIN.test(value);
}

type Report = Awaited<ReturnType<typeof lintSource>>['messages'][number];

/** @param filePath the file name, as some rules apply only to certain names; the file is not read */
async function reportsOn(content: string, filePath: string): Promise<readonly Report[]> {
  const configured = textRules.map((rule) => ({ id: rule.meta.id, rule, options: optionsOf(rule.meta.id) }));
  const result = await lintSource({
    source: { content, filePath, contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: configured } },
  });
  return result.messages;
}

function optionsOf(ruleId: string): object {
  return ruleId.endsWith('-aws') ? { enableIDScanRule: true } : {};
}

/** The text that a rule has matched, which each rule stores in another field beside the kind. */
function matchedText(data: object = {}): string {
  const { TOKEN, KEY, ID, URI, URL, CREDENTIAL } = data as Readonly<Record<string, unknown>>;
  const value = [TOKEN, KEY, ID, URI, URL, CREDENTIAL].find((part) => typeof part === 'string');
  return typeof value === 'string' ? value.trim() : '';
}

/** In a URL only the user name and the password are secret; the model may need the rest. */
function secretPart(messageId: string, value: string): string {
  // The rule matches the whole line, which may contain more in files other than .npmrc.
  if (messageId === 'Npmrc_authToken') return /^["']?([\w./+=~-]{16,})/.exec(value)?.[1] ?? '';
  if (!/^(?:BasicAuth|\w+Connection)$/.test(messageId)) return value;
  return /:\/\/([^@/]+)@/.exec(value)?.[1] ?? value;
}

/**
 * All PEM private keys, including encrypted and PGP ones. secretlint's own rule recognizes only those whose content
 * begins like RSA, EC and OpenSSH keys. In JSON their line breaks are escaped.
 */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){40,10000}-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

function privateKeys(slice: string): readonly Secret[] {
  return [...slice.matchAll(PRIVATE_KEY)].flatMap(({ 0: value, index }) =>
    /[A-Za-z0-9+/]{40}/.test(value) ? [{ kind: secretKind('PrivateKey'), value, offset: index }] : [],
  );
}

/** The key in the JSON of a service account. Its rule reports the whole file, and only if all of it is JSON. */
async function serviceAccountKeys(text: string): Promise<readonly Secret[]> {
  if (!text.includes('"private_key_id"')) return [];
  const reports = await reportsOn(text, 'key.json');
  if (!reports.some(({ messageId }) => messageId === 'PrivateKeyJSON')) return [];
  const literals = text.matchAll(/"private_key"\s*:\s*"((?:[^"\\]|\\.)+)"/g);
  return [...literals].flatMap(({ 0: whole, 1: value, index }) =>
    value === undefined
      ? []
      : [{ kind: secretKind('PrivateKeyJSON'), value, offset: index + whole.length - value.length - 1 }],
  );
}

/** Names of variables whose values are always secret. */
const SECRET_NAME =
  /(?:secret|token|passw|pwd|passphrase|credential|private|api_?key|access_?key|auth|salt|signing|encryption|dsn|webhook|_key$|^key$)/i;

/** `NAME=value`, with or without quotes around the value. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]+))/gm;

/** Values that are too short, or that are placeholders. */
const NOT_SECRET = /^(?:.{0,5}|\$\{?\w+\}?|<.*>|true|false|null|none|change_?me|your[-_].*|x{3,}.*|\*+)$/i;

/**
 * The values in an environment file whose names identify them as secrets; secretlint only knows those of a known
 * format.
 */
export function environmentSecrets(content: string): readonly Secret[] {
  return [...content.matchAll(ASSIGNMENT)].flatMap(
    ({ 0: whole, 1: name, 2: double, 3: single, 4: bare, index }) => {
      const value = double ?? single ?? bare ?? '';
      if (name === undefined || !SECRET_NAME.test(name) || NOT_SECRET.test(value)) return [];
      return [{ kind: { service: name, type: 'value' }, value, offset: index + whole.lastIndexOf(value) }];
    },
  );
}
