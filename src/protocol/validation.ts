import * as v from 'valibot';

/** A type in which nothing can be changed. The types of messages are inferred from their schemas in this form. */
export type DeepReadonly<T> = T extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/**
 * A schema for one of the members of a union of texts. A member that is missing here does not compile, where
 * `v.picklist([…]) satisfies …` would accept it and reject the values that have it.
 */
export function oneOf<Member extends string>(
  members: Readonly<Record<Member, true>>,
): v.PicklistSchema<Member[], undefined> {
  return v.picklist(Object.keys(members) as Member[]);
}

type Complete<T> = T extends readonly (infer Element)[]
  ? readonly Complete<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Complete<T[Key]> }
    : T;

/**
 * Declares the schema of a type. Other than an annotation as `v.GenericSchema<unknown, T>`, it does not compile where the
 * schema lacks a member of a union or an optional field of the type, and would reject or drop such values.
 */
export function exactly<T>() {
  return <S extends v.GenericSchema<unknown, T>>(
    schema: S &
      ([Complete<T>, Complete<v.InferOutput<S>>] extends [Complete<v.InferOutput<S>>, Complete<T>]
        ? unknown
        : never),
  ): v.GenericSchema<unknown, T> => schema;
}

/** A whole number from 0 on. */
export const count = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value) && value >= 0),
);

export function upTo(length: number): v.GenericSchema<unknown, string> {
  return v.pipe(
    v.string(),
    v.check((value) => value.length <= length),
  );
}

/** The ID of a chat, which is also the name of its file. */
export const chatId = /^[\w-]{1,100}$/;

/** Stops at the first issue, because a file with millions of wrong values would fill the memory with issues. */
export const firstIssue = { abortEarly: true };

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

/** As `v.parse`, with an error that can be shown. */
export function parseValue<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value, firstIssue);
  if (result.success) return result.output;
  throw new FormatError(pathText(result.issues[0].path ?? []));
}

/** As `JSON.parse`, with an error that can be shown. */
export function parseJson(text: string): unknown {
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
