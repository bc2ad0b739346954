import { BytePairEncodingCore, type RawBytePairRanks } from 'gpt-tokenizer/BytePairEncodingCore';
import { O200KBase } from 'gpt-tokenizer/encodingParams/o200k_base';
import { lazy } from '../lazy';

export interface TokenCounter {
  /**
   * Counts the tokens of a text in o200k_base; names of special tokens count as plain text. Loads the ranks on first
   * use, and again after a failure. Counts in slices and lets other work run between them.
   */
  count(text: string): Promise<number>;
}

/**
 * Length of a slice in characters. Merging a run without borders takes quadratic time: 50,000 equal letters at once
 * take seconds.
 */
const SLICE_LENGTH = 1024;

/** Length at the end of a slice that is searched for a border, in characters: longer than most words and lines. */
const BORDER_SEARCH_LENGTH = 256;

/** Number of slices after which other work runs: about 3 ms for code, and 0.2 s for the worst texts. */
const SLICES_PER_YIELD = 32;

/** Total length of the texts whose counts are cached, in characters: several times a context window. */
const MAX_CACHED_CHARACTERS = 2_000_000;

/**
 * Number of words in the merge cache. They keep the texts that contain them in memory, so the default of 100,000 is
 * too much.
 */
const MERGE_CACHE_WORDS = 1000;

/**
 * @param readRanks reads `dist/o200k_base.json`, which is too large to be part of the code
 * @param yieldNow resolves when other work has run
 */
export function createTokenCounter(
  readRanks: () => Promise<Uint8Array>,
  yieldNow: () => Promise<void>,
): TokenCounter {
  const counts = createCountCache();
  const load = lazy(async () => readEncoding(await readRanks()));
  let slices = 0;

  return {
    async count(text) {
      const encoding = await load();
      const known = counts.get(text);
      if (known !== undefined) return known;
      let tokens = 0;
      for (const slice of slicesOf(text)) {
        tokens += encoding.countNative(slice);
        slices++;
        if (slices % SLICES_PER_YIELD === 0) await yieldNow();
      }
      counts.set(text, tokens);
      return tokens;
    },
  };
}

function readEncoding(file: Uint8Array): BytePairEncodingCore {
  const ranks = JSON.parse(new TextDecoder().decode(file)) as RawBytePairRanks;
  return new BytePairEncodingCore({ ...O200KBase(ranks), mergeCacheSize: MERGE_CACHE_WORDS });
}

function* slicesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = sliceEnd(text, start);
    yield text.slice(start, end);
    start = end;
  }
}

/**
 * Matches up to the last position where the encoding splits in any case, so that the slices have as many tokens as
 * the whole: before white space, and after letters or digits unless one more, a mark or an apostrophe follows.
 */
const UP_TO_BORDER = /^.*(?:\S(?=[^\S\r\n])|[\p{L}\p{N}](?=[^\p{L}\p{M}\p{N}']))/su;

function sliceEnd(text: string, start: number): number {
  const end = start + SLICE_LENGTH;
  if (end >= text.length) return text.length;
  const searched = text.slice(end - BORDER_SEARCH_LENGTH, end + 1);
  const border = UP_TO_BORDER.exec(searched)?.[0];
  if (border !== undefined) return end - BORDER_SEARCH_LENGTH + border.length;
  const insidePair = (text.codePointAt(end - 1) ?? 0) > 0xffff;
  return insidePair ? end - 1 : end;
}

interface CountCache {
  get(text: string): number | undefined;
  set(text: string, tokens: number): void;
}

/** Caches the counts of the long texts that were used last. Short texts are counted fast enough. */
function createCountCache(): CountCache {
  const counts = new Map<string, number>();
  let characters = 0;

  function remove(text: string): void {
    if (counts.delete(text)) characters -= text.length;
  }
  function set(text: string, tokens: number): void {
    if (text.length <= SLICE_LENGTH || text.length > MAX_CACHED_CHARACTERS) return;
    remove(text);
    counts.set(text, tokens);
    characters += text.length;
    for (const oldest of counts.keys()) {
      if (characters <= MAX_CACHED_CHARACTERS) break;
      remove(oldest);
    }
  }
  return {
    set,
    get(text) {
      const tokens = counts.get(text);
      if (tokens !== undefined) set(text, tokens);
      return tokens;
    },
  };
}
