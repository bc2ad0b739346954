import { parseJson } from '../json';
import { containsList, readAll, type EntryReader } from './model-parser';

/** Largest list that is parsed at once, in bytes, which takes some milliseconds. Most lists are smaller. */
const MAX_BYTES_AT_ONCE = 1024 * 1024;

/**
 * Reads the entries of a list: the whole JSON, or a field `data` or `models`. The parser for larger lists is loaded only
 * for them.
 *
 * @returns undefined if the response contains no list, or only a part of one
 */
export async function readModelList<T>(
  body: AsyncIterable<Uint8Array>,
  reader: EntryReader<T>,
): Promise<readonly T[] | undefined> {
  const chunks: Uint8Array[] = [];
  const rest = body[Symbol.asyncIterator]();
  for (let length = 0; length <= MAX_BYTES_AT_ONCE;) {
    const next = await rest.next();
    if (next.done === true) return parseAtOnce(chunks, reader);
    chunks.push(next.value);
    length += next.value.length;
  }
  const { readLargeModelList } = await import('./read-large-model-list');
  return readLargeModelList(joined(chunks, rest), reader);
}

function parseAtOnce<T>(chunks: readonly Uint8Array[], reader: EntryReader<T>): readonly T[] | undefined {
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  const json = parseJson(text);
  return containsList(json) ? readAll(json, reader) : undefined;
}

async function* joined(
  chunks: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
