import * as v from 'valibot';
import { firstIssue } from '../protocol/schema-helpers';

/**
 * Untrusted data that does not have the expected format. The error contains the position, such as
 * `turns[0].question.text` or `line 3, column 7`, and never the data, which may contain secrets. The errors of valibot
 * and of `JSON.parse` quote the data.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  /** @param path empty for the whole data */
  constructor(readonly path: string) {
    super(path === '' ? 'The data does not have the expected format' : `Unexpected data at ${path}`);
  }
}

/** Does the same as `v.parse`, with an error that can be shown. */
export function parseValue<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value, firstIssue);
  if (result.success) return result.output;
  throw new FormatError(pathText(result.issues[0].path ?? []));
}

/** Does the same as `JSON.parse`, with an error that can be shown. */
export function parseStoredJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 ends the message with the position unless it quotes the text.
    const found = / at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String(error));
    throw new FormatError(found ? lineAndColumn(text, Number(found[1])) : '');
  }
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}

/** Property names of untrusted data are shown only if they are plain identifiers. */
const plainName = /^[A-Za-z_]\w{0,39}$/;

function pathText(path: readonly { readonly key?: unknown }[]): string {
  const keys = path.map(({ key }) => key);
  return keys
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return typeof key === 'string' && plainName.test(key) ? `.${key}` : '.…';
    })
    .join('')
    .replace(/^\./, '');
}
