/** A diff that may have been shortened. */
export interface ShortenedDiff {
  readonly text: string;
  readonly isShortened: boolean;
}

/** The first line of the changes of one file. No other line of a diff begins like this: content has a prefix. */
const START_OF_FILE = /^(?=diff --)/m;
/** The least that is kept of the changes of a file, in UTF-16 units; with more files than that, the last are left out. */
const MIN_FILE_LENGTH = 200;

/**
 * Shortens a diff so that each of its files keeps an equal share, because one generated file must not replace all others.
 * Files that need less leave the rest of their share to the longer ones. Notes in the text say what is missing.
 *
 * @param maxLength in UTF-16 units; the notes are added to it
 */
export function shortenDiff(diff: string, maxLength: number): ShortenedDiff {
  if (diff.length <= maxLength) return { text: diff, isShortened: false };
  const files = diff.split(START_OF_FILE);
  const kept = files.slice(0, Math.max(1, Math.floor(maxLength / MIN_FILE_LENGTH)));
  const share = equalShare(
    kept.map(({ length }) => length),
    maxLength,
  );
  const left = files.length - kept.length;
  const parts = [
    ...kept.map((file) => shortenFile(file, share)),
    ...(left > 0 ? [`[The changes of ${left} more files are left out.]\n`] : []),
  ];
  return { text: parts.join(''), isShortened: true };
}

/** The length to which the longest files are shortened, so that all together have the wanted length. */
function equalShare(lengths: readonly number[], total: number): number {
  let [rest, count] = [total, lengths.length];
  for (const length of lengths.toSorted((one, other) => one - other)) {
    const share = Math.floor(rest / count);
    if (length > share) return share;
    rest -= length;
    count--;
  }
  return total;
}

/** Ends with a whole line, unless the first line is longer already. */
function shortenFile(file: string, length: number): string {
  if (file.length <= length) return file;
  const end = file.lastIndexOf('\n', length - 1) + 1 || length;
  const left = file.slice(end).replace(/\n$/, '').split('\n').length;
  const begin = file.slice(0, end);
  return `${begin}${begin.endsWith('\n') ? '' : '\n'}[${left} more lines of this file are left out.]\n`;
}
