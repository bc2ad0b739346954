import { createFenceReader, MAX_INFO_LENGTH, nestsFences } from '../../core/text/fence';

/** Code in a fence that has not ended: its lines are settled as they come, and never parsed. */
export interface OpenFence {
  /** The code that the text adds, and behind the line that closes the fence, what is none. */
  read(text: string): { readonly code: string; readonly rest?: string };
  /** The code that the last line adds if only this line break follows, or nothing. */
  end(lineBreak: string): string;
}

/** @param opening the line that opens it, which is known to do so */
export function createOpenFence(opening: string): OpenFence {
  const [, spaces = '', markers = '', info = ''] = /^( {0,3})(`+|~+)(.*)/.exec(opening) ?? [];
  const marker = markers[0] ?? '`';
  const lines = createFenceReader(markers, info);
  // The language of a fence within the code decides too.
  const inner = nestsFences(info)
    ? `|${marker}{${markers.length},}[^${marker}]{0,${MAX_INFO_LENGTH + 40}}`
    : '';
  const undecided = new RegExp(`^[ \\t]*(?:${marker}*[ \\t]*${inner})$`);
  /** The beginning of a line that may still become the closing one. */
  let start = '';
  let inLine = false;

  /** Of a part of the text that is in one line, or ends it. */
  function readPart(part: string): string | undefined {
    if (inLine) {
      inLine = !part.endsWith('\n');
      return part;
    }
    start += part;
    const whole = start.endsWith('\n');
    if (whole && lines.read(start.slice(0, -1)) === 'closing') return undefined;
    if (!whole && undecided.test(start)) return '';
    const code = unindent(start, spaces.length);
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
      // The parser sees no last line in white space alone.
      const none = lines.wouldClose(start) || (lineBreak === '' && /^[ \t]*$/.test(start));
      return none ? '' : unindent(start, spaces.length) + lineBreak;
    },
  };
}

/** Takes away as many columns of white space as the fence itself is indented by; a tab may be cut in the middle. */
function unindent(line: string, columns: number): string {
  let [at, column] = [0, 0];
  for (; column < columns; at++) {
    if (line[at] === ' ') column++;
    else if (line[at] === '\t') column += 4 - (column % 4);
    else break;
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(at);
}
