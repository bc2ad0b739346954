import { t } from '@vscode/l10n';

/** Finds code blocks and display formulas in a text, line by line, and emits one summary for each. */
export interface BlockSummaries {
  /** Whether a block has begun and has not ended. */
  readonly open: boolean;
  /**
   * Reads a line. Returns whether it is part of a block.
   *
   * @param endParagraph called when the line begins a block
   */
  consume(line: string, endParagraph: () => void): boolean;
  /** Emits the summary of a block that is still open at the end of the text. */
  end(): void;
}

interface SummarizedBlock {
  readonly end: RegExp;
  /** Whether the first and the last line are part of the content, or only delimiters. */
  readonly borders: 'content' | 'delimiters';
  readonly summarize: (lines: readonly string[]) => string;
}

/** Longer formulas are announced without their source, in characters. */
const MAX_FORMULA_LENGTH = 1000;

export function createBlockSummaries(language: string, emit: (text: string) => void): BlockSummaries {
  let current: SummarizedBlock | undefined;
  let lines: string[] = [];

  function end(): void {
    if (current) emit(current.summarize(lines));
    current = undefined;
    lines = [];
  }

  return {
    get open() {
      return current !== undefined;
    },
    consume(line, endParagraph) {
      const opened = current ? undefined : openedBlock(line, language);
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

/** The block that begins in this line, if one does. */
function openedBlock(line: string, language: string): SummarizedBlock | undefined {
  const fence = /^\s*(`{3,}|~{3,})\s*([^\s`]*)/.exec(line);
  if (fence) {
    const [, mark = '', name = ''] = fence;
    return {
      end: new RegExp(`^\\s*${mark.slice(0, 1)}{${mark.length},}\\s*$`),
      borders: 'delimiters',
      summarize: (lines) => codeSummary(name, lines.length, language),
    };
  }
  const formula = { borders: 'content', summarize: formulaSummary } as const;
  // A formula followed by text is part of a paragraph, and no formula continues after an empty line.
  if (/^\s*\$\$(?!.*\$\$.*\S)/.test(line)) return { ...formula, end: /\$\$\s*$|^\s*$/ };
  if (/^\s*\\\[(?!.*\\\].*\S)/.test(line)) return { ...formula, end: /\\\]\s*$|^\s*$/ };
  const environment = /^\s*\\begin\{(\w+)\*?\}/.exec(line)?.[1];
  if (environment === undefined) return undefined;
  return { ...formula, end: new RegExp(`\\\\end\\{${environment}\\*?\\}|^\\s*$`) };
}

/** Whether the block also ends in its first line. */
function closesItself(line: string, { end, borders }: SummarizedBlock): boolean {
  const rest = line.trim().slice(2);
  return borders === 'content' && rest !== '' && end.test(rest);
}

function codeSummary(name: string, count: number, language: string): string {
  const block = name === '' ? t('Code block') : t('Code block, {0}', name);
  return `${block}, ${count === 1 ? t('1 line') : t('{0} lines', count.toLocaleString(language))}`;
}

function formulaSummary(lines: readonly string[]): string {
  const delimiters = /\$\$|\\\[|\\\]/g;
  const source = lines.join(' ').replace(delimiters, ' ').replace(/\s+/g, ' ').trim();
  if (source === '') return '';
  return source.length > MAX_FORMULA_LENGTH ? t('A long formula') : t('Formula: {0}', source);
}
