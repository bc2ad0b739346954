import MarkdownIt, { type Env, type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { holdPiledMarks } from './syntax/combining-marks';
import { displayMath } from './syntax/display-math';
import { files } from './syntax/file-names';
import { inlineHtml } from './syntax/inline-html';
import { inlineMath } from './syntax/inline-math';
import { links } from './syntax/links';
import { markdownFence } from './syntax/markdown-fence';
import { tablePipes } from './syntax/table-pipes';
import { taskList } from './syntax/task-list';

/** A block of the top level: what becomes one child of the answer. */
export interface Block {
  readonly html: string;
  /** Its first line in the text that was parsed. */
  readonly line: number;
  /** The line of its last part that begins like the block itself: of a list, the last item. */
  readonly lastPart: number;
  /** A fence of code that nothing has closed. */
  readonly openFence: boolean;
}

/** State shared by the parts of one text: the link definitions so far. The first definition of a name is used. */
export type Environment = Env;

const md = new MarkdownIt('default', { html: false, linkify: true });
md.use(cjkFriendly);
md.use(links);
md.use(files);
md.use(tablePipes);
md.use(markdownFence);
md.use(inlineHtml);
md.use(taskList);
displayMath(md, (source) => formula(source, true));
inlineMath(md, (source) => formula(source, false));

/** A place for a formula: drawn by `drawFormulas` after sanitising, which would take KaTeX's styles away. */
function formula(source: string, display: boolean): string {
  return `<span class="formula" data-display="${display}">${md.utils.escapeHtml(source.trim())}</span>`;
}

md.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  if (!token) return '';
  return isMath(token) && !isOpen(token)
    ? formula(token.content, true)
    : codePlace(token.content, token.info);
};
md.renderer.rules.code_block = (tokens, index) => codePlace(tokens[index]?.content ?? '', '');

md.renderer.rules.text = (tokens, index) => holdPiledMarks(md.utils.escapeHtml(tokens[index]?.content ?? ''));
md.renderer.rules.code_inline = (tokens, index) =>
  `<code>${holdPiledMarks(md.utils.escapeHtml(tokens[index]?.content ?? ''))}</code>`;

// The numbers of a list stand in its padding, which grows with their digits.
md.renderer.rules.ordered_list_open = (tokens, index, options, _environment, self) => {
  const token = tokens[index];
  const digits = String(lastNumber(tokens, index)).length;
  if (digits > 2) token?.attrSet('class', digits < 5 ? `digits-${digits}` : 'digits-many');
  return self.renderToken(tokens, index, options);
};

// Alignment as an attribute: a style would be against the policy.
for (const cell of ['th_open', 'td_open']) {
  md.renderer.rules[cell] = (tokens, index, options, _environment, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token) token.attrs = align === undefined ? null : [['align', align]];
    return self.renderToken(tokens, index, options);
  };
}

/** @param index of the token that opens an ordered list */
function lastNumber(tokens: readonly Token[], index: number): number {
  const level = tokens[index]?.level ?? 0;
  let number = Number(tokens[index]?.attrGet('start') ?? 1) - 1;
  for (let at = index + 1; at < tokens.length && tokens[at]?.level !== level; at++) {
    if (tokens[at]?.level === level + 1 && tokens[at]?.type === 'list_item_open') number++;
  }
  return number;
}

/** A place for a code block: `drawCodeBlocks` puts its heading and buttons on it. */
function codePlace(code: string, info: string): string {
  const { escapeHtml, unescapeAll } = md.utils;
  const language = unescapeAll(info).trim().split(/\s+/)[0] ?? '';
  return `<div class="code-block" data-language="${escapeHtml(language)}"><pre><code>${escapeHtml(code)}</code></pre></div>`;
}

/** The blocks of a Markdown text, or of the rest of one whose head is already drawn. */
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
      lastPart:
        whole.findLast(({ type, level }) => level === 1 && type === 'list_item_open')?.map?.[0] ?? line,
      openFence: token.type === 'fence' && isOpen(token) && !isMath(token),
    });
    start = index + 1;
  });
  return blocks;
}

/** GitHub's fence for a formula. */
function isMath({ info }: Token): boolean {
  return /^\s*math\s*$/i.test(info);
}

/** Whether all lines of a fence behind its first are code, the last one too. */
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
