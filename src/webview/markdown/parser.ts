import MarkdownIt, { type Env, type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { expandMacros, type Macros } from './math/macros';
import { alerts } from './syntax/alerts';
import { clipStackedMarks } from './syntax/combining-marks';
import { displayMath } from './syntax/display-math';
import { fenceAfterParagraph, offsetOf } from './syntax/fence-after-paragraph';
import { fences, isUndecided } from './syntax/fences';
import { fileNames } from './syntax/file-names';
import { inlineHtml } from './syntax/inline-html';
import { inlineMath } from './syntax/inline-math';
import { linksAndImages } from './syntax/links-and-images';
import { quotedFormulas } from './syntax/quoted-formulas';
import { tablePipes } from './syntax/table-pipes';
import { taskList } from './syntax/task-list';

/** A top-level block. */
export interface Block {
  readonly html: string;
  /** The index of its first line in the parsed text. */
  readonly line: number;
  /** Where it begins in that line: not 0 if it is a fence after text. */
  readonly offset: number;
  /** The first line of the last item of a list; `line` for other blocks. */
  readonly lastItemLine: number;
  /** Whether it is a code fence that is not closed. */
  readonly openFence: boolean;
  /** Whether a fence in it may be closed in the text after it. */
  readonly undecided: boolean;
  /** The code blocks in it, also those in lists and block quotes. */
  readonly code: readonly CodeLines[];
  /** The macros that formulas up to its end have defined. */
  readonly macros: Macros;
}

/** The lines of a code block in the parsed text, with those of its fence. */
export interface CodeLines {
  readonly from: number;
  /** The line after it. */
  readonly to: number;
  /** An open formula is a fence of the language `math` that is not closed. */
  readonly kind: 'fence' | 'indented' | 'open-formula';
}

/** State shared by the parts of one text: what it has defined so far. The first definition of a link is used. */
export interface Environment extends Env {
  macros?: Macros;
}

/** Parts of a formula that only a display formula can have. */
const DISPLAY_ONLY =
  /\\tag(?![a-zA-Z])|\\begin\{(?:(?:align|alignat|dmath|equation|flalign|gather|multline)\*?|CD|split)\}/;
/** A formula in delimiters within the delimiters of a formula, or in a fence. Only one of the groups matches. */
const DELIMITED = /^(?:\$\$([^$]+)\$\$|\$([^$]+)\$|\\\[((?:(?!\\\[)[^])+)\\\]|\\\(((?:(?!\\\()[^])+)\\\))$/;

const md = new MarkdownIt('default', { html: false, linkify: true });
md.use(cjkFriendly);
md.use(linksAndImages);
md.use(fileNames);
md.use(tablePipes);
md.use(quotedFormulas);
md.use(fences);
md.use(fenceAfterParagraph);
md.use(inlineHtml);
md.use(taskList);
md.use(alerts);
displayMath(md, (source, environment) => formula(source, true, environment));
inlineMath(md, (source, environment) => formula(source, DISPLAY_ONLY.test(source), environment));

/** An element for a formula. `renderFormulas` fills it after sanitizing, which would remove the styles of KaTeX. */
function formula(source: string, display: boolean, environment: Environment): string {
  const expanded = expandMacros(source.trim().replace(DELIMITED, '$1$2$3$4'), environment.macros ?? {});
  environment.macros = expanded.macros;
  return `<span class="formula" data-display="${display}">${md.utils.escapeHtml(expanded.source.trim())}</span>`;
}

md.renderer.rules.fence = (tokens, index, _options, environment = {}) => {
  const token = tokens[index];
  if (!token) return '';
  return isMath(token) && !isOpen(token)
    ? formula(token.content, true, environment)
    : codeBlock(token.content, token.info);
};
md.renderer.rules.code_block = (tokens, index) => codeBlock(tokens[index]?.content ?? '', '');

md.renderer.rules.text = (tokens, index) =>
  clipStackedMarks(md.utils.escapeHtml(tokens[index]?.content ?? ''));
md.renderer.rules.code_inline = (tokens, index) =>
  `<code>${clipStackedMarks(md.utils.escapeHtml(tokens[index]?.content ?? ''))}</code>`;

// The numbers of a list are in its padding, which depends on their number of digits.
md.renderer.rules.ordered_list_open = (tokens, index, options, _environment, self) => {
  const token = tokens[index];
  const digits = String(lastNumber(tokens, index)).length;
  if (digits > 2) token?.attrSet('class', digits < 5 ? `digits-${digits}` : 'digits-many');
  return self.renderToken(tokens, index, options);
};

// Alignment is an attribute, because the content security policy blocks inline styles.
for (const cell of ['th_open', 'td_open']) {
  md.renderer.rules[cell] = (tokens, index, options, _environment, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token) token.attrs = align === undefined ? null : [['align', align]];
    return self.renderToken(tokens, index, options);
  };
}

/** @param index the index of the token that opens an ordered list */
function lastNumber(tokens: readonly Token[], index: number): number {
  const level = tokens[index]?.level ?? 0;
  let number = Number(tokens[index]?.attrGet('start') ?? 1) - 1;
  for (let at = index + 1; at < tokens.length && tokens[at]?.level !== level; at++) {
    if (tokens[at]?.level === level + 1 && tokens[at]?.type === 'list_item_open') number++;
  }
  return number;
}

/** An element for a code block, to which `renderCodeBlocks` adds a heading and buttons. */
function codeBlock(code: string, info: string): string {
  const { escapeHtml, unescapeAll } = md.utils;
  const language = unescapeAll(info).trim().split(/\s+/)[0] ?? '';
  return `<div class="code-block" data-language="${escapeHtml(language)}"><pre><code>${escapeHtml(code)}</code></pre></div>`;
}

/** Parses a Markdown text, or a part of one that begins with a new block. */
export function parseBlocks(markdown: string, environment: Environment): readonly Block[] {
  const tokens = md.parse(markdown, environment);
  const blocks: Block[] = [];
  let start = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const whole = tokens.slice(start, index + 1);
    const line = tokens[start]?.map?.[0] ?? 0;
    blocks.push({
      html: md.renderer.render(whole, md.options, environment),
      line,
      offset: offsetOf(token),
      lastItemLine:
        whole.findLast(({ type, level }) => level === 1 && type === 'list_item_open')?.map?.[0] ?? line,
      macros: environment.macros ?? {},
      undecided: whole.some(isUndecided),
      code: whole.flatMap(codeLines),
      openFence: token.type === 'fence' && isOpen(token) && !isMath(token),
    });
    start = index + 1;
  });
  return blocks;
}

function codeLines(token: Token): readonly CodeLines[] {
  const { type, map } = token;
  if (!map || (type !== 'fence' && type !== 'code_block')) return [];
  const kind = type === 'code_block' ? 'indented' : isMath(token) && isOpen(token) ? 'open-formula' : 'fence';
  return [{ from: map[0], to: map[1], kind }];
}

/** Whether a fence is a formula, as on GitHub. */
function isMath({ info }: Token): boolean {
  return /^\s*math\s*$/i.test(info);
}

/** Whether a fence has no closing line. */
function isOpen({ content, map }: Token): boolean {
  const lines = content === '' ? 0 : content.replace(/\n$/, '').split('\n').length;
  return map !== null && lines === map[1] - map[0] - 1;
}

const escapedCharacters = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Undoes the escaping of text in the HTML of a block. */
export function unescapeHtml(html: string): string {
  return html.replace(
    /&(lt|gt|amp|quot);/g,
    (_, name: keyof typeof escapedCharacters) => escapedCharacters[name],
  );
}
