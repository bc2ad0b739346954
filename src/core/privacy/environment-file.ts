import type { Secret } from './secrets';

/** Names of variables whose values are secret whatever they look like. */
const SECRET_NAME =
  /(?:secret|token|passw|pwd|passphrase|credential|private|api_?key|access_?key|auth|salt|signing|encryption|dsn|webhook|_key$|^key$)/i;
/** `NAME=value`, with the value in quotes or without. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]+))/gm;
/** Values that are too short, or that only stand for one. */
const NO_SECRET = /^(?:.{0,5}|\$\{?\w+\}?|<.*>|true|false|null|none|change_?me|your[-_].*|x{3,}.*|\*+)$/i;

/** The values of an environment file that its names call secret; secretlint knows only those of a known format. */
export function environmentSecrets(content: string): readonly Secret[] {
  return [...content.matchAll(ASSIGNMENT)].flatMap(
    ({ 0: whole, 1: name, 2: double, 3: single, 4: bare, index }) => {
      const value = double ?? single ?? bare ?? '';
      if (name === undefined || !SECRET_NAME.test(name) || NO_SECRET.test(value)) return [];
      return [{ kind: { service: name, thing: 'value' }, value, offset: index + whole.lastIndexOf(value) }];
    },
  );
}
