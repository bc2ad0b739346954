import { codeBlocksIn, type CodeBlock, type FoundBlock } from './fence';

/** The code that an answer proposes for a file. */
export interface NamedBlock extends CodeBlock {
  /** As the answer writes it: relative to the workspace, or absolute. */
  readonly path: string;
  /** The info string and the line above the code, which may say that it is an excerpt. */
  readonly heading: string;
  /** The code of the blocks for the same file before it. */
  readonly earlier: readonly string[];
}

/**
 * A text that may be a path. It has no spaces, and it begins neither with a scheme nor with the name of a server. A single
 * letter before a colon is a drive of Windows.
 */
const PATH = /^(?=.{1,260}$)(?!\/\/|[a-z][\w+.-]+:)[^\s`*"'<>|]+$/i;

/**
 * Extensions of files that answers contain. A list is necessary, as `Math.floor` and `vb.net` look like names of files.
 * Left out are extensions that are more often members, such as `console.log` and `process.env`, and notebooks, whose
 * answers contain the code of a cell.
 */
const EXTENSION =
  /\.(?:astro|bat|c|cc|cfg|clj|coffee|[cm]?[jt]s|[jt]sx|conf|cpp|cs|cshtml|csproj|css|csv|dart|elm|erb|exs?|f90|fs|gd|go|gradle|graphql|h|hpp|hs|html?|ini|ino|java|jinja2?|jl|json[5cl]?|jsp|kts?|less|lua|mdx?|ml|mm|nim|php|pl|prisma|properties|proto|ps1|pug|py[ix]?|r|razor|rb|rs|rst|sass|scala|scss|sh|sol|sql|svelte|swift|tex|tf|toml|twig|txt|vb|vue|xml|ya?ml|zig)$/i;

/** The extension of a name that is marked as one of a file in a folder. */
const ANY_EXTENSION = /\w\.[a-z]\w{0,9}$/i;

/** Files without an extension, and hidden files. They are recognized in a folder only. */
const NAME_IN_FOLDER = /^(?:\.\w[\w.-]*|\w*file|license|codeowners|readme|changelog)$/i;

/** Files at the top of a project. */
const NAME =
  /^(?:(?:docker|make|gem|rake|jenkins|proc|caddy|vagrant)file|\.env(?:\.\w+)?|\.\w+ignore|\.npmrc|\.editorconfig|go\.mod)$/i;

/** Libraries and platforms with the name of a file. */
const PRODUCT = /^(?:d3|express|nest|next|node|three|vue)\.js$/i;

/** The marks before the name of a file: of a heading or a list, a number, emphasis. */
const NAME_PREFIX = /^(?:#{1,6} +|[-+*] +|\*{1,3}|(?:step +|schritt +)?\d+[.):](?=[ `*[]) *)+/i;

/** The name of a file: in bold, as code, or followed by a colon. A remark may follow the name. */
const NAME_LINE =
  /^(?<label>(?:file|path|datei|pfad)(?: ?name)?(?:\*\*[:：]|[:：]\*\*|[:：]) *)?\**(?<quote>[`"]?)(?<name>[^`*"]+?)[`"]?\**[:：]?(?: *\([^()]*\)|(?<remark> +[-–—] .*))?[:：]?\**[:：]?$/i;

/** A comment that consists of the name of a file. */
const NAME_COMMENT =
  /^(?:\/\/|#|--|;|%|\/\*+|<!--) *(?:(?:file|path)(?:name)?: *)?([^\s:]+) *(?:\*\/|-->)?$/i;

/** Line numbers behind a name. */
const LINE_NUMBERS = /(?::\d+(?:[-:]\d+)?|#L\d+(?:-L?\d+)?)$/;

/** A line that may be a fence, what follows the fence, and the next line. */
const FENCE_LINE = /^[ >]*(?:`{3,}|~{3,})(.*)(?:\r?\n *(.*))?$/gm;

/** Length of the text above a fence in which the line above it is looked for. */
const MAX_LINE_LENGTH = 300;

/** The code that an answer proposes for files: of several blocks for one file, the last. */
export function namedBlocksIn(markdown: string): readonly NamedBlock[] {
  if (!mayNameFiles(markdown)) return [];
  const blocks = new Map<string, NamedBlock>();
  for (const block of codeBlocksIn(markdown)) {
    const path = pathOf(block);
    if (path === undefined) continue;
    const language = block.language.split(':')[0] ?? '';
    const before = blocks.get(path);
    blocks.set(path, {
      path,
      code: block.code,
      language: language === path.toLowerCase() || /^\d/.test(language) ? '' : language,
      heading: `${block.info}\n${block.lineBefore}`,
      earlier: before ? [...before.earlier, before.code] : [],
    });
  }
  return [...blocks.values()];
}

/** The code for which an answer names no file. */
export function unnamedBlocksIn(markdown: string): readonly CodeBlock[] {
  return codeBlocksIn(markdown)
    .filter((block) => pathOf(block) === undefined)
    .map(({ code, language }) => ({ code, language }));
}

/** Rules out most answers without parsing them. */
function mayNameFiles(markdown: string): boolean {
  FENCE_LINE.lastIndex = 0;
  for (let found = FENCE_LINE.exec(markdown); found; found = FENCE_LINE.exec(markdown)) {
    const { 1: info = '', 2: code = '', index } = found;
    const above = markdown.slice(Math.max(0, index - MAX_LINE_LENGTH), index).trimEnd();
    const lineBefore = above.slice(above.lastIndexOf('\n') + 1);
    if (pathOf({ info, lineBefore, code }) !== undefined) return true;
    // The next line may be a fence, too.
    FENCE_LINE.lastIndex = index + found[0].length - code.length;
  }
  return false;
}

/**
 * The path in the info string, such as `ts:src/app.ts` or `ts title="src/app.ts"`, or else in the line above, or in a
 * comment that is the first line.
 */
function pathOf({
  info,
  lineBefore,
  code,
}: Pick<FoundBlock, 'info' | 'lineBefore' | 'code'>): string | undefined {
  const words = [...info.matchAll(/["']([^"']+)["']|[^\s:=,{}"']+/g)].map(
    ([word, quoted]) => quoted ?? word.replace(/^#/, ''),
  );
  return (
    words.find((word) => isFileName(word.replaceAll(' ', '_'), true) && !PRODUCT.test(word)) ??
    pathInLine(lineBefore.trim()) ??
    pathInComment(code)
  );
}

function pathInLine(line: string): string | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined;
  const text = line.replace(NAME_PREFIX, '').replace(/^\[([^[\]]+)\]\([^()]*\)/, '$1');
  const { label, quote, name = '', remark } = NAME_LINE.exec(text)?.groups ?? {};
  const path = name.trim().replace(LINE_NUMBERS, '');
  const isMarked = label !== undefined || quote === '`';
  return isFileName(path, isMarked) && (isMarked || (!remark && !PRODUCT.test(path))) ? path : undefined;
}

/** The path in a comment that is the first line of code. */
export function pathInComment(code: string): string | undefined {
  const [line = ''] = /^.{0,300}/.exec(code) ?? [];
  const [, path] = NAME_COMMENT.exec(line.trim()) ?? [];
  return path !== undefined && isFileName(path, false) && !PRODUCT.test(path) ? path : undefined;
}

/** @param isMarked whether the answer tells that the text is the name of a file */
function isFileName(text: string, isMarked: boolean): boolean {
  if (!PATH.test(text)) return false;
  const [name = '', folder] = text.split(/[/\\]/).reverse();
  if (NAME.test(name) || EXTENSION.test(name.slice(1))) return true;
  return folder !== undefined && (NAME_IN_FOLDER.test(name) || (isMarked && ANY_EXTENSION.test(name)));
}
