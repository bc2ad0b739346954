import type { MarkdownIt, Token } from 'markdown-it';
import { ALLOWED_LINK } from '../../../core/text/allowed-links';

/** Names of files that have no extension. */
const BARE_NAME =
  '\\.[\\w-]+|\\w*(?:makefile|dockerfile)|containerfile|justfile|license|notice|copying|authors|codeowners|readme|changelog|contributing|(?:gem|rake|proc|jenkins|vagrant|pip|pod|brew|cap)file';
/** The path of a file, optionally with line and column. It has no scheme and is not a URL without one. */
const FILE_PATH = new RegExp(
  `^(?![a-z][\\w+.-]+:(?!\\d))(?:[a-z]:/|\\.{0,2}/)?(?:[^\\n\\r\\t/:*?"<>|#\\\\]+/)*(?:[^\\n\\r\\t/:*?"<>|#\\\\]+\\.[\\w-]{1,15}|${BARE_NAME})(?::\\d+(?:[:-]\\d+)?|#L\\d+(?:-L?\\d+)?)?$`,
  'i',
);
/** Letters of languages that put spaces between words, so that a name does not continue the text before it. */
const NAME = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\d_@.+-]';
/** A part in brackets stands for a parameter of the address, as in `[id]`. */
const SEGMENT = `(?:${NAME}|\\[${NAME}+\\])+`;
const NAME_WITH_EXTENSION = `(?!\\.)${SEGMENT}\\.[a-zA-Z]\\w{0,9}`;
const LINES = '(?::\\d+(?:[:-]\\d+)?|#L\\d+(?:-L?\\d+)?)';
/** In prose, only a path with a folder or a line number is recognized. */
const FILE_PATH_IN_PROSE = new RegExp(
  `(?<!${NAME}|[/:~\\\\])(?:\\.{1,2}[/\\\\])?(?:(?:${SEGMENT}[/\\\\])+${NAME_WITH_EXTENSION}${LINES}?|${NAME_WITH_EXTENSION}${LINES})(?![\\w/\\\\@])`,
  'gu',
);
const MAY_CONTAIN_PATH = /[/\\][^\s/\\]*[.\w]|:\d|#L/;
const MAX_PATH_LENGTH = 300;

/** Whether the target of a link may be a file of the workspace. The host finds out whether the file exists. */
export function isFileName(target: string): boolean {
  return (
    target.length <= MAX_PATH_LENGTH &&
    !target.startsWith('//') &&
    FILE_PATH.test(withSlashes(decoded(target)))
  );
}

/** The target of a link without the name of a heading or a symbol in the file. Numbers of lines are kept. */
export function withoutFragment(target: string): string {
  return target.replace(/(?<=.)#(?!L\d)[^#]*$/, '');
}

/**
 * Makes file names in links, prose and code spans elements with `data-file`, which become links when the host has found the
 * file in the workspace.
 */
export function fileNames(md: MarkdownIt): void {
  md.core.ruler.after('text_join', 'files', ({ tokens, Token }) => {
    for (const token of tokens) {
      if (token.type === 'inline' && MAY_CONTAIN_PATH.test(token.content) && token.children) {
        token.children = withFileNames(token.children, Token);
      }
    }
  });
  md.renderer.rules.file_open = (tokens, index) =>
    `<span class="file" data-file="${md.utils.escapeHtml(tokens[index]?.content ?? '')}">`;
  md.renderer.rules.file_close = () => '</span>';
  // A link to something other than the web is a link to a file.
  md.core.ruler.push('file_links', ({ tokens }) => {
    for (const { children } of tokens) {
      if (!children?.some(({ type }) => type === 'link_open')) continue;
      const open: Token[] = [];
      for (const token of children) {
        if (token.type === 'link_open') open.push(token);
        if (token.type !== 'link_close') continue;
        const link = open.pop();
        const target = String(link?.attrGet('href') ?? '');
        if (!link || ALLOWED_LINK.test(target)) continue;
        // A link without a target, or to a heading of the answer, becomes plain text.
        const isText = target === '' || target.startsWith('#');
        link.content = isText ? '' : withSlashes(decoded(withoutFragment(target)));
        [link.type, token.type] = isText ? ['text', 'text'] : ['file_open', 'file_close'];
      }
    }
  });
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function withFileNames(
  children: readonly Token[],
  TokenClass: new (...parts: ConstructorParameters<typeof Token>) => Token,
): Token[] {
  let links = 0;
  return children.flatMap((child) => {
    if (child.type === 'link_open') links++;
    if (child.type === 'link_close') links--;
    if (links > 0) return [child];
    if (child.type === 'code_inline' && isPathInCode(child.content)) {
      return [fileToken(TokenClass, child.content), child, new TokenClass('file_close', '', -1)];
    }
    return child.type === 'text' ? partsOf(child, TokenClass) : [child];
  });
}

/** Code is a path only if it has a folder or a line number. */
function isPathInCode(code: string): boolean {
  return /^\S*[/\\:#]\S*$/.test(code) && isFileName(withSlashes(code));
}

/** Paths of Windows have backslashes. Two at the beginning are the name of a computer. */
function withSlashes(path: string): string {
  return path.startsWith('\\') ? path : path.replaceAll('\\', '/');
}

function partsOf(
  text: Token,
  TokenClass: new (...parts: ConstructorParameters<typeof Token>) => Token,
): Token[] {
  const parts: Token[] = [];
  let from = 0;
  const add = (content: string): void => {
    if (content === '') return;
    const part = new TokenClass('text', '', 0);
    part.content = content;
    part.level = text.level;
    parts.push(part);
  };
  for (const { 0: path, index } of text.content.matchAll(FILE_PATH_IN_PROSE)) {
    if (path.length > MAX_PATH_LENGTH) continue;
    add(text.content.slice(from, index));
    parts.push(fileToken(TokenClass, path));
    add(path);
    parts.push(new TokenClass('file_close', '', -1));
    from = index + path.length;
  }
  if (from === 0) return [text];
  add(text.content.slice(from));
  return parts;
}

function fileToken(
  TokenClass: new (...parts: ConstructorParameters<typeof Token>) => Token,
  path: string,
): Token {
  const token = new TokenClass('file_open', '', 1);
  token.content = withSlashes(path);
  return token;
}
