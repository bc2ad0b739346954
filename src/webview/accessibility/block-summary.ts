import { t } from '@vscode/l10n';

/** Code and formulas, line by line; each is said as one when it ends. */
export interface WholeBlocks {
  /** Whether one has begun and not ended. */
  readonly open: boolean;
  /** Whether a line is a part of one; the paragraph before one ends. */
  takes(line: string, endParagraph: () => void): boolean;
  /** Says what there is of one: nothing more comes. */
  end(): void;
}

interface WholeBlock {
  readonly end: RegExp;
  /** Whether its first and its last line have something of it, or marks alone. */
  readonly borders: 'content' | 'marks';
  /** The text for its lines. */
  readonly words: (lines: readonly string[]) => string;
}

/** Characters above which nobody wants to hear a formula. */
const longest = 1000;

export function createWholeBlocks(language: string, say: (words: string) => void): WholeBlocks {
  let current: WholeBlock | undefined;
  let lines: string[] = [];

  function end(): void {
    if (current) say(current.words(lines));
    current = undefined;
    lines = [];
  }

  return {
    get open() {
      return current !== undefined;
    },
    takes(line, endParagraph) {
      const opened = current ? undefined : wholeBlockFrom(line, language);
      current ??= opened;
      if (!current) return false;
      if (opened) endParagraph();
      const ends = opened ? closesItself(line, opened) : current.end.test(line);
      const border = opened !== undefined || ends;
      if (!border || current.borders === 'content') lines.push(line);
      if (ends) end();
      return true;
    },
    end,
  };
}

/** The block that a line opens, if it does. */
function wholeBlockFrom(line: string, language: string): WholeBlock | undefined {
  const fence = /^\s*(`{3,}|~{3,})\s*([^\s`]*)/.exec(line);
  if (fence) {
    const [, mark = '', name = ''] = fence;
    return {
      end: new RegExp(`^\\s*${mark.slice(0, 1)}{${mark.length},}\\s*$`),
      borders: 'marks',
      words: (lines) => codeWords(name, lines.length, language),
    };
  }
  const formula = { borders: 'content', words: formulaWords } as const;
  // With words behind it, it is a part of a paragraph; and no formula goes on behind an empty line.
  if (/^\s*\$\$(?!.*\$\$.*\S)/.test(line)) return { ...formula, end: /\$\$\s*$|^\s*$/ };
  if (/^\s*\\\[(?!.*\\\].*\S)/.test(line)) return { ...formula, end: /\\\]\s*$|^\s*$/ };
  const environment = /^\s*\\begin\{(\w+)\*?\}/.exec(line)?.[1];
  if (environment === undefined) return undefined;
  return { ...formula, end: new RegExp(`\\\\end\\{${environment}\\*?\\}|^\\s*$`) };
}

/** Whether it ends in the line that opens it. */
function closesItself(line: string, { end, borders }: WholeBlock): boolean {
  const behind = line.trim().slice(2);
  return borders === 'content' && behind !== '' && end.test(behind);
}

function codeWords(name: string, count: number, language: string): string {
  const block = name === '' ? t('Code block') : t('Code block, {0}', name);
  return `${block}, ${count === 1 ? t('1 line') : t('{0} lines', count.toLocaleString(language))}`;
}

function formulaWords(lines: readonly string[]): string {
  const marks = /\$\$|\\\[|\\\]/g;
  const source = lines.join(' ').replace(marks, ' ').replace(/\s+/g, ' ').trim();
  if (source === '') return '';
  return source.length > longest ? t('A long formula') : t('Formula: {0}', source);
}
