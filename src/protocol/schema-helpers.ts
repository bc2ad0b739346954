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
 * Declares the schema of a type. Unlike an annotation as `v.GenericSchema<unknown, T>`, it does not compile if the schema
 * lacks a member of a union or an optional field of the type, and would reject or drop such values.
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
