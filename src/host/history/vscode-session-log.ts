import * as v from 'valibot';
import { field, isObject } from '../../core/json';
import { FormatError, parseStoredJson, parseValue } from '../parse-stored-data';
import { createYielder } from '../time-slices';
import { readJson } from './read-json';

/**
 * The session logs of VS Code 1.109 and later: JSON lines, of which the first contains the whole state and each other
 * line a change to it. Source: `objectMutationLog.ts` of VS Code.
 */
const path = v.array(v.union([v.string(), v.number()]));
const entry = v.looseObject({
  kind: v.picklist([0, 1, 2, 3]),
  k: v.optional(path),
  v: v.optional(v.unknown()),
  i: v.nullish(v.number()),
});

type Entry = v.InferOutput<typeof entry>;
type Path = v.InferOutput<typeof path>;

const LINE_FEED = 10;
/** Lines up to this length, in bytes, are parsed at once. */
const MAX_SHORT_LINE_BYTES = 64 * 1024;

/** True if the file begins as a session log does, or as one whose beginning is lost. */
export function isSessionLog(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^\ufeff?\s*\{\s*(?:"kind"\s*:\s*[0-3]\s*,\s*"[kv]"|"v")\s*:/.test(start);
}

/**
 * The state that a log leads to.
 *
 * @throws FormatError with the line that cannot be read; a last line that was cut while VS Code wrote it is left out
 */
export async function readSessionLog(bytes: Uint8Array): Promise<unknown> {
  const yieldIfDue = createYielder();
  let state: unknown;
  let line = 0;
  let truncated: number | undefined;
  for (let start = 0; start < bytes.length;) {
    line++;
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const read = await readLine(bytes.subarray(start, end));
    if (read !== undefined && truncated !== undefined) throw new FormatError(`line ${truncated}`);
    if (read === 'truncated') truncated = line;
    else if (read)
      try {
        state = applyEntry(state, parseValue(entry, read.json));
      } catch {
        throw new FormatError(`line ${line}`);
      }
    start = end + 1;
    await yieldIfDue();
  }
  if (state === undefined) throw new FormatError('line 1');
  return state;
}

/** The JSON of a line; undefined if it is empty. */
async function readLine(bytes: Uint8Array): Promise<{ readonly json: unknown } | 'truncated' | undefined> {
  try {
    if (bytes.length > MAX_SHORT_LINE_BYTES) return { json: await readJson(bytes) };
    const text = new TextDecoder().decode(bytes);
    return text.trim() === '' ? undefined : { json: parseStoredJson(text) };
  } catch {
    return 'truncated';
  }
}

/** @throws FormatError if the state has no such place */
function applyEntry(state: unknown, { kind, k: keys, v: value, i: length }: Entry): unknown {
  if (kind === 0) {
    // Another session must not replace this one.
    if (state !== undefined && field(state, 'sessionId') !== field(value, 'sessionId'))
      throw new FormatError('');
    return value;
  }
  // VS Code ignores a change to the whole, too.
  if (keys?.length === 0) return state;
  const container = containerIn(state, keys ?? []);
  const key = keys?.at(-1) ?? '';
  if (kind === 2) set(container, key, spliced(ownValue(container, key) ?? [], length, value ?? []));
  else if (kind === 3 || value === undefined) Reflect.deleteProperty(container, key);
  else set(container, key, value);
  return state;
}

/** Uses own properties only, because a path in an untrusted file must not lead to a prototype that objects share. */
function containerIn(state: unknown, keys: Path): object {
  const key = keys.at(-1);
  let container = state;
  for (const step of keys.slice(0, -1))
    container = isObject(container) ? ownValue(container, step) : undefined;
  // No hole is made in an array.
  const isIndex =
    !Array.isArray(container) || (typeof key === 'number' && key >= 0 && key <= container.length);
  if (!isObject(container) || !isIndex) throw new FormatError('');
  return container;
}

function ownValue(container: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(container, key)?.value as unknown;
}

/** Defined, not assigned: a property named `__proto__` is one like any other. */
function set(container: object, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The list, truncated to a length if there is one, with more values at its end. */
function spliced(list: unknown, truncatedTo: number | null | undefined, added: unknown): unknown[] {
  if (!Array.isArray(list) || !Array.isArray(added)) throw new FormatError('');
  const length = truncatedTo ?? list.length;
  if (!Number.isInteger(length) || length < 0 || length > list.length) throw new FormatError('');
  list.length = length;
  for (const value of added) list.push(value);
  return list;
}
