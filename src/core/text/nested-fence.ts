/** Reads the lines of a fence, one after the other, to find the one that closes it. */
export interface FenceReader {
  /** @param line whole, without its line break and without what a list or a quotation puts before it */
  read(line: string): 'code' | 'closing';
  /** Whether a line would close it, if it came next. */
  wouldClose(line: string): boolean;
}

/** Longest text behind an inner fence, so that a reader of a stream can wait for the end of its line. */
export const MAX_INFO = 80;

/** Whether code in a language shows fences as they are: within it, fences with a language nest. */
export function nestsFences(info: string): boolean {
  return /^(?:markdown|md|mdx)$/i.test(info.trim().split(/\s+/)[0] ?? '');
}

/**
 * CommonMark closes a fence with the first bare one that is long enough. Models that show Markdown put fences of the
 * same length into it: one with a language opens another fence there, and the next bare one closes that.
 *
 * @param maxIndent spaces that may stand before the closing fence
 */
export function createFenceReader(fence: string, info: string, maxIndent = 3): FenceReader {
  const marker = fence.charAt(0);
  const closing = new RegExp(`^( *)${marker}{${fence.length},}[ \\t]*$`);
  const innerOpening = new RegExp(
    `^[ \\t]*${marker}{${fence.length},}[ \\t]{0,20}[^\\s${marker}][^${marker}]{0,${MAX_INFO}}$`,
  );
  const innerClosing = new RegExp(`^[ \\t]*${marker}{${fence.length},}[ \\t]*$`);
  const nests = nestsFences(info);
  let depth = 0;
  function wouldClose(line: string): boolean {
    return depth === 0 && (closing.exec(line)?.[1]?.length ?? Infinity) <= maxIndent;
  }

  return {
    wouldClose,
    read(line) {
      if (wouldClose(line)) return 'closing';
      if (depth > 0 && innerClosing.test(line)) depth--;
      else if (nests && innerOpening.test(line)) depth++;
      return 'code';
    },
  };
}
