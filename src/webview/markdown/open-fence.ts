import {
  createFenceReader,
  MAX_INFO_LENGTH,
  nestsFences,
  unindented,
} from '../../core/text/fences/fence-reader';

/** The code in a fence that is not closed. Its lines are read once and not parsed as Markdown. */
export interface OpenFence {
  /** Returns the code that the text adds, and the rest of the text after the line that closes the fence. */
  read(text: string): { readonly code: string; readonly rest?: string };
  /** Returns the code that the last line adds if the text ends with this line break, which may be empty. */
  end(lineBreak: string): string;
}

/** @param opening the line that opens the fence */
export function createOpenFence(opening: string): OpenFence {
  const [, spaces = '', markers = '', info = ''] = /^( {0,3})(`+|~+)(.*)/.exec(opening) ?? [];
  const marker = markers[0] ?? '`';
  const lines = createFenceReader(markers, info);
  // The language of a nested fence decides too.
  const inner = nestsFences(info)
    ? `|${marker}{${markers.length},}[^${marker}]{0,${MAX_INFO_LENGTH + 40}}`
    : '';
  const undecided = new RegExp(`^[ \\t]*(?:${marker}*[ \\t]*${inner})$`);
  /** The beginning of a line that may become the closing line. */
  let start = '';
  let inLine = false;

  /** Reads text within one line. Returns its code; undefined if it closes the fence. */
  function readPart(part: string): string | undefined {
    if (inLine) {
      inLine = !part.endsWith('\n');
      return part;
    }
    start += part;
    const whole = start.endsWith('\n');
    if (whole && lines.read(start.slice(0, -1)) === 'closing') return undefined;
    if (!whole && undecided.test(start)) return '';
    const code = unindented(start, spaces.length);
    start = '';
    inLine = !whole;
    return code;
  }

  return {
    read(text) {
      let code = '';
      for (let at = 0; at < text.length;) {
        const next = text.indexOf('\n', at) + 1 || text.length;
        const part = readPart(text.slice(at, next));
        if (part === undefined) return { code, rest: text.slice(next) };
        code += part;
        at = next;
      }
      return { code };
    },
    end(lineBreak) {
      // The parser ignores a last line of white space.
      const none = lines.wouldClose(start) || (lineBreak === '' && /^[ \t]*$/.test(start));
      return none ? '' : unindented(start, spaces.length) + lineBreak;
    },
  };
}
