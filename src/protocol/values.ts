import * as v from 'valibot';

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

/** What a chat may be called by: it becomes the name of a file. */
export const chatId = /^[\w-]{1,100}$/;

/** For what comes from elsewhere: millions of wrong things would fill the memory with what is wrong with each. */
export const firstIssue = { abortEarly: true };
