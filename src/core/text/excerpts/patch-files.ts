import { withLineFeeds } from '../line-breaks';
import { isFileHeader, SEARCH } from './patches';

/** The part of a patch for one file. */
export interface FilePatch {
  /** The names of the file: usually one, or several if it is renamed; empty if the patch names none. */
  readonly paths: readonly string[];
  readonly code: string;
}

/** `*** Update File: src/app.ts` */
const MODEL_FILE = /^\*\*\* (?:Update|Add|Delete) File: (.+)$/;
const GIT_FILE = /^diff --git "?[a-z]\/(.+?)"? "?[a-z]\/(.+?)"?$/;
const SVN_FILE = /^Index: (.+)$/;
/** `src/app.ts`, `### src/app.ts`, `# file: src/app.ts` */
const PATH_LINE =
  /^(?:\/\/|[#*;]+|--|<!--)? *(?:(?:file(?:name|path)?|path): *)?[`*]*([^\s`*]*[./][^\s`*:]*)[`*:]*(?: *-->)?$/i;
const NO_FILE = '/dev/null';
/** A copy of the file before the change. */
const BACKUP = /\.(?:orig|bak|old)$/;

interface OpenFilePatch {
  readonly paths: readonly string[];
  readonly lines: string[];
  /** Whether other lines of its header may name it, too. */
  readonly isInHeader: boolean;
}

/**
 * Splits a patch at the files that it names. Parts for the same file are joined. Lines above the first file, such as
 * those of an email, are left out.
 */
export function filesOfPatch(code: string): readonly FilePatch[] {
  const lines = withLineFeeds(code).split('\n');
  const files: OpenFilePatch[] = [{ paths: [], lines: [], isInHeader: false }];
  lines.forEach((line, index) => {
    const begun = fileAt(lines, index);
    const current = files.at(-1);
    if (begun && !begun.isInHeader && current?.isInHeader) {
      files.pop();
      files.push({ ...begun, lines: current.lines });
    } else if (begun) files.push(begun);
    files.at(-1)?.lines.push(line);
  });
  const [above, ...named] = files;
  const isPart =
    named.length === 0 || above?.lines.some((line) => SEARCH.test(line) || line.startsWith('@@'));
  return joined(isPart ? files : named);
}

/** The file that begins in a line of a patch, without its lines; undefined if none does. */
function fileAt(lines: readonly string[], index: number): OpenFilePatch | undefined {
  const line = lines[index] ?? '';
  if (isFileHeader(lines, index))
    return { paths: pathsInHeader(line, lines[index + 1] ?? ''), lines: [], isInHeader: false };
  const [, git, renamed = ''] = GIT_FILE.exec(line) ?? [];
  if (git !== undefined) return { paths: distinct([git, renamed]), lines: [], isInHeader: true };
  const [, svn] = SVN_FILE.exec(line) ?? [];
  if (svn !== undefined) return { paths: [svn], lines: [], isInHeader: true };
  const [, path] = MODEL_FILE.exec(line) ?? (SEARCH.test(line) ? pathAbove(lines, index) : undefined) ?? [];
  return path === undefined ? undefined : { paths: [path.trim()], lines: [], isInHeader: false };
}

/** The path in the nearest of the two lines above. */
function pathAbove(lines: readonly string[], index: number): RegExpExecArray | undefined {
  const above = lines.slice(Math.max(0, index - 2), index).findLast((line) => line.trim() !== '') ?? '';
  return (above.length < 300 && PATH_LINE.exec(above)) || undefined;
}

function pathsInHeader(before: string, after: string): readonly string[] {
  const [old = '', current = ''] = [before, after].map((line) =>
    line
      .slice(4)
      .replace(/\t.*$| +\(.*\)$| +\d{4}-\d\d-\d\d .*$/, '')
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
  const names = BACKUP.test(old) ? [current, old] : [old, current];
  const prefixes = new Set(
    names.filter((name) => name !== NO_FILE).map((name) => /^[a-z]\//.exec(name)?.[0]),
  );
  // Git writes another letter before the name of the file before the change than before that of the file after it.
  const isPrefixed = !prefixes.has(undefined) && (prefixes.size > 1 || names.includes(NO_FILE));
  return distinct(names.filter((name) => name !== NO_FILE).map((name) => name.slice(isPrefixed ? 2 : 0)));
}

function distinct(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}

function joined(files: readonly OpenFilePatch[]): readonly FilePatch[] {
  const byPath = new Map<string, { readonly paths: readonly string[]; readonly codes: string[] }>();
  for (const { paths, lines } of files) {
    const key = paths.join('\n');
    const file = byPath.get(key) ?? { paths, codes: [] };
    file.codes.push(lines.join('\n'));
    byPath.set(key, file);
  }
  return [...byPath.values()].map(({ paths, codes }) => ({ paths, code: codes.join('\n') }));
}

/**
 * The part of a patch for a document: all of it if it names only one file, as models invent names; undefined if it has
 * several, and none of them is the document.
 *
 * @param path of the document
 */
export function patchForFile(code: string, path: string): string | undefined {
  const files = filesOfPatch(code);
  if (files.length <= 1) return files[0]?.code;
  const isDocument = (name: string): boolean =>
    `/${path}`.endsWith(`/${name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')}`);
  const [longest] = files
    .flatMap((file) => file.paths.map((name) => ({ file, name })))
    .filter(({ name }) => isDocument(name))
    .sort((one, other) => other.name.length - one.name.length);
  return longest?.file.code;
}
