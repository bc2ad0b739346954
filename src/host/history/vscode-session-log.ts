import * as v from 'valibot';
import { FormatError, parseStoredJson } from '../parse-stored-data';
import { createYielder } from '../time-slices';
import { readJson } from './read-json';

/**
 * The session logs of VS Code 1.109 and later: JSON lines, of which the first contains the whole state and each other
 * line a change to it. Source: `objectMutationLog.ts` of VS Code.
 */
const path = v.array(v.union([v.string(), v.number()]));
const entry = v.variant('kind', [
  v.looseObject({ kind: v.literal(0), v: v.unknown() }),
  v.looseObject({ kind: v.literal(1), k: path, v: v.optional(v.unknown()) }),
  v.looseObject({
    kind: v.literal(2),
    k: path,
    v: v.nullish(v.array(v.unknown())),
    i: v.nullish(v.number()),
  }),
  v.looseObject({ kind: v.literal(3), k: path }),
]);

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
    if (read.kind !== 'empty' && truncated !== undefined) throw new FormatError(`line ${truncated}`);
    if (read.kind === 'entry') state = applyEntry(state, read.entry, line);
    if (read.kind === 'unknown') throw new FormatError(`line ${line}`);
    if (read.kind === 'truncated') truncated = line;
    start = end + 1;
    await yieldIfDue();
  }
  if (state === undefined) throw new FormatError('line 1');
  return state;
}

type Line =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** `truncated` is not JSON; `unknown` is, but no entry. */
  | { readonly kind: 'empty' | 'truncated' | 'unknown' };

async function readLine(bytes: Uint8Array): Promise<Line> {
  try {
    const isShort = bytes.length <= MAX_SHORT_LINE_BYTES;
    const text = isShort ? new TextDecoder().decode(bytes) : '';
    if (isShort && text.trim() === '') return { kind: 'empty' };
    const json = isShort ? parseStoredJson(text) : await readJson(bytes);
    return v.is(entry, json) ? { kind: 'entry', entry: json } : { kind: 'unknown' };
  } catch {
    return { kind: 'truncated' };
  }
}

function applyEntry(state: unknown, change: Entry, line: number): unknown {
  if (change.kind === 0) return change.v;
  // VS Code ignores a change to the whole, too.
  if (change.k.length === 0) return state;
  const { container, key } = locate(state, change.k, line);
  if (change.kind === 2) push(container, key, change, line);
  else if (change.kind === 3 || change.v === undefined) Reflect.deleteProperty(container, key);
  else set(container, key, change.v);
  return state;
}

interface Location {
  readonly container: object;
  readonly key: string | number;
}

/** Uses own properties only, because a path in an untrusted file must not lead to a prototype that objects share. */
function locate(state: unknown, [...keys]: Path, line: number): Location {
  const key = keys.pop() ?? '';
  let container = state;
  for (const step of keys) container = isContainer(container) ? ownValue(container, step) : undefined;
  const isSettable =
    isContainer(container) &&
    // No hole is made in an array.
    (!Array.isArray(container) || (typeof key === 'number' && key >= 0 && key <= container.length));
  if (!isSettable) throw new FormatError(`line ${line}`);
  return { container: container as object, key };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function ownValue(container: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(container, key)?.value as unknown;
}

/** Defined, not assigned: a property named `__proto__` is one like any other. */
function set(container: object, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

function push(
  container: object,
  key: string | number,
  change: Extract<Entry, { kind: 2 }>,
  line: number,
): void {
  const list: unknown = ownValue(container, key) ?? [];
  if (!Array.isArray(list)) throw new FormatError(`line ${line}`);
  const length = change.i ?? list.length;
  if (!Number.isInteger(length) || length < 0 || length > list.length) throw new FormatError(`line ${line}`);
  list.length = length;
  for (const value of change.v ?? []) list.push(value);
  set(container, key, list);
}
