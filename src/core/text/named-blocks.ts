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
  /\.(?:bat|c|cc|cfg|clj|[cm]?[jt]s|[jt]sx|conf|cpp|cs|css|csv|dart|exs?|fs|go|gradle|graphql|h|hpp|hs|html?|ini|java|jl|json[5cl]?|kts?|less|lua|mdx?|ml|php|pl|prisma|properties|proto|ps1|pyi?|r|rb|rs|scala|scss|sh|sol|sql|svelte|swift|tex|tf|toml|txt|vb|vue|xml|ya?ml|zig)$/i;

/** Files without an extension, and hidden files. They are recognized in a folder only. */
const NAME_IN_FOLDER = /^(?:\.\w[\w.-]*|\w*file|license|codeowners|readme|changelog)$/i;

/** Libraries and platforms with the name of a file. */
const PRODUCT = /^(?:d3|express|nest|next|node|three|vue)\.js$/i;

/**
 * A line that consists of the name of a file: in bold, as code, as a heading, or followed by a colon. A remark in
 * parentheses may follow the name.
 */
const NAME_LINE =
  /^(?:#{1,6} +|[-*] +|\d+[.)] +)?(?:\*\*)?(?<label>(?:file|path)(?:name)?(?::\*\*|\*\*:|:) *)?(?:\*\*)?(?<quote>[`"]?)(?<name>[^`*"]+?)[`"]?(?:\*\*)?:?(?: *\([^()]*\))?:?(?:\*\*)?:?$/i;

/** A line that may be a fence, and what follows the fence. */
const FENCE_LINE = /^[ >]*(?:`{3,}|~{3,})(.*)$/gm;

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
  for (const { 1: info = '', index } of markdown.matchAll(FENCE_LINE)) {
    const above = markdown.slice(Math.max(0, index - MAX_LINE_LENGTH), index).trimEnd();
    if (pathOf({ info, lineBefore: above.slice(above.lastIndexOf('\n') + 1) }) !== undefined) return true;
  }
  return false;
}

/** The path in the info string, such as `ts:src/app.ts` or `ts title="src/app.ts"`, or else in the line above. */
function pathOf({ info, lineBefore }: Pick<FoundBlock, 'info' | 'lineBefore'>): string | undefined {
  const words = info.split(/[\s:=,{}]+/).map((word) => word.replace(/^["']|["']$/g, ''));
  return words.find((word) => isFileName(word) && !PRODUCT.test(word)) ?? pathInLine(lineBefore.trim());
}

function pathInLine(line: string): string | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined;
  const { label, quote, name = '' } = NAME_LINE.exec(line)?.groups ?? {};
  const path = name.trim();
  const isMarked = label !== undefined || quote === '`';
  return isFileName(path) && (isMarked || !PRODUCT.test(path)) ? path : undefined;
}

function isFileName(text: string): boolean {
  if (!PATH.test(text)) return false;
  const [name = '', folder] = text.split(/[/\\]/).reverse();
  return EXTENSION.test(name.slice(1)) || (folder !== undefined && NAME_IN_FOLDER.test(name));
}
