import { depthOf, isNotBlank } from './lines';

/** A line that closes or continues the block that a line with the same indentation has opened. */
const CLOSER =
  /^\s*(?:[\])}{]|<\/|(?:end|fi|done|esac|else|elif|elsif|elseif|except|finally|catch|rescue|ensure)\b)/;
/** The end of a line that opens a block. */
const OPENER = /(?:[([{:]|[-=]>|\b(?:do|then|begin))$/;

export function isCloser(line: string): boolean {
  return CLOSER.test(line);
}

export function isOpener(line: string): boolean {
  return OPENER.test(line.trimEnd());
}

/** The index of the line after the block that a line begins: its deeper lines, and the lines that close them. */
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

/** The line after the head of a block, which may have its parameters or its bracket in lines of their own. */
export function endOfHead(lines: readonly string[], start: number): number {
  const head = lines[start] ?? '';
  const isBeside = (line: string | undefined): boolean =>
    isNotBlank(line) && depthOf(line ?? '') <= depthOf(head);
  const parameters = /[([]$/.test(head.trimEnd())
    ? lines.findIndex((line, index) => index > start && isBeside(line))
    : -1;
  const last =
    parameters > 0 && /^\s*[)\]].*(?:[{:]|=>)\s*$/.test(lines[parameters] ?? '') ? parameters : start;
  return lines[last + 1]?.trim() === '{' ? last + 2 : last + 1;
}

/** The line after the last one within a block: its end, or the bracket or word that closes it. */
export function endWithin(lines: readonly string[], start: number, end: number): number {
  const last = lines[end - 1] ?? '';
  const isClosed = end - 1 > start && isCloser(last) && depthOf(last) === depthOf(lines[start] ?? '');
  return isClosed ? end - 1 : end;
}
