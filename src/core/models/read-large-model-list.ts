import { JSONParser } from '@streamparser/json';
import type { EntryReader } from './model-parser';

/** Largest list that is read, in bytes; the largest public one has 1 MB. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** JSONPath of the entries: the list is the whole JSON, or a field with one of these names. */
const ENTRY_PATHS = ['$', '$.*', '$.data.*', '$.models.*'];

/**
 * Parses a list entry by entry while it is received, as parsing 50 MB at once would block the extension host.
 *
 * @returns undefined if the response contains no list, or only a part of one
 */
export async function readLargeModelList<T>(
  body: AsyncIterable<Uint8Array>,
  reader: EntryReader<T>,
): Promise<readonly T[] | undefined> {
  const parser = new JSONParser({ paths: ENTRY_PATHS });
  const state = { found: false, ended: false, broken: false };
  parser.onValue = ({ value, key, parent, stack }) => {
    if (Array.isArray(parent) && typeof key === 'number') {
      // An entry of the list, which is the whole JSON or one of its fields.
      reader.add(value);
      state.found = true;
      // The parser must not keep the entry as a part of the whole value.
      parent[key] = null;
    } else if (Array.isArray(value) && (stack.length === 0 || isNamed(key))) state.found = true;
  };
  parser.onEnd = () => (state.ended = true);
  parser.onError = () => (state.broken = true);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) break;
    parser.write(chunk);
    if (state.ended || state.broken) break;
  }
  return state.found && state.ended ? reader.result() : undefined;
}

function isNamed(key: unknown): boolean {
  return key === 'data' || key === 'models';
}
