import { JSONParser } from '@streamparser/json';
import type { EntryReader } from './format';

/** Bytes of a list that are read; the largest public one has 1 MB. */
const MAX_LIST_SIZE = 64 * 1024 * 1024;
/** Where lists have their entries: at the top, or under one of these names. */
const places = ['$', '$.*', '$.data.*', '$.models.*'];

/**
 * Reads a list of models while it arrives, an entry at a time: to parse 50 MB at once would hold up everything
 * else in the extension host.
 *
 * @returns undefined where there is no list in it, or no end of one
 */
export async function readList<T>(
  body: AsyncIterable<Uint8Array>,
  reader: EntryReader<T>,
): Promise<readonly T[] | undefined> {
  const parser = new JSONParser({ paths: places });
  const state = { found: false, ended: false, broken: false };
  parser.onValue = ({ value, key, parent, stack }) => {
    if (Array.isArray(parent) && typeof key === 'number') {
      // An entry stands in a list at the top, or in one that stands under a name there.
      reader.add(value);
      state.found = true;
      // What was read is not kept for the value of the whole.
      parent[key] = null;
    } else if (Array.isArray(value) && (stack.length === 0 || isNamed(key))) state.found = true;
  };
  parser.onEnd = () => (state.ended = true);
  parser.onError = () => (state.broken = true);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_LIST_SIZE) break;
    parser.write(chunk);
    if (state.ended || state.broken) break;
  }
  return state.found && state.ended ? reader.result() : undefined;
}

function isNamed(key: unknown): boolean {
  return key === 'data' || key === 'models';
}
