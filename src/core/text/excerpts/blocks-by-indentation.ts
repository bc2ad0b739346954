import { depthOf } from './lines';

/** A line that closes what a line at the same indentation has opened, or continues it. */
const CLOSER =
  /^\s*(?:[\])}{]|<\/|(?:end|fi|done|esac|else|elif|elsif|elseif|except|finally|catch|rescue|ensure)\b)/;

export function isCloser(line: string): boolean {
  return CLOSER.test(line);
}

/** The line after the last one that belongs to a line: those that are deeper, and what closes them. */
export function endOfBlock(lines: readonly string[], start: number): number {
  const depth = depthOf(lines[start] ?? '');
  let end = start + 1;
  for (let at = end; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const isPart = depthOf(line) > depth || (depthOf(line) === depth && isCloser(line));
    if (!isPart) break;
    end = at + 1;
  }
  return end;
}
