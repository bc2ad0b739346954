import { t } from '@vscode/l10n';
import { unescapeHtml } from '../markdown/parser';

/** A text that is announced: a paragraph, a heading, the text of an item, a row of a table, a code block or a formula. */
export interface SpokenText {
  readonly text: string;
  /** The text with letters in place of the punctuation in code, formulas and cells, where no sentence ends. */
  readonly masked: string;
  /** Announced in place of a sentence that is too long. */
  readonly tooLong: string;
}

/** Longer display formulas are announced without their source, in characters. */
const MAX_FORMULA_LENGTH = 1000;

/** Tags at which another text begins. */
const BLOCK_TAG = /^<\/?(?:p|h[1-6]|ul|ol|li|blockquote|table|hr|div)\b/;
/** Tags of code and formulas within a text. */
const WHOLE_TAG = /^<(?:code|span class="formula")/;
const DISPLAY_FORMULA = '<span class="formula" data-display="true">';
const CODE_BLOCK =
  /<div class="code-block" data-language="([^"]*)"><pre><code>([^<]*)<\/code><\/pre><\/div>/g;
/** A link that is not defined, or not yet. */
const UNDEFINED_LINK = /(?<![\w\]])\[([^\][]*)\]\[[^\][]*\]/g;

/**
 * The texts of a block as it is drawn.
 *
 * @param html the block, from the parser
 * @param code the code that was added to the block, if it is a fence
 * @param language for numbers
 */
export function spokenTexts(html: string, code: string, language: string): readonly SpokenText[] {
  const builder = createBuilder();
  const summarized = html.replace(CODE_BLOCK, (_, name: string, content: string) => {
    const summary = codeSummary(name, unescapeHtml(content) + code, language);
    return `<p><code>${summary}</code></p>`;
  });
  let tag = '';
  for (const part of summarized.split(/(<[^>]*>)/)) {
    if (part.startsWith('<')) builder.addTag((tag = part));
    else if (tag === DISPLAY_FORMULA) builder.addFormula(unescapeHtml(part));
    else if (WHOLE_TAG.test(tag)) builder.add(unescapeHtml(part), 'whole');
    else builder.add(withoutUndefinedLinks(unescapeHtml(part)), 'sentences');
  }
  return builder.end();
}

/** Leaves only the text of links, which has letters. Indices such as `[1][2]` stay as they are. */
function withoutUndefinedLinks(text: string): string {
  return text.replace(UNDEFINED_LINK, (link, label: string) => (/\p{L}/u.test(label) ? label : link));
}

/** Collects the texts of a block from its tags and the text between them. */
interface Builder {
  addTag(tag: string): void;
  add(part: string, as: 'whole' | 'sentences'): void;
  addFormula(source: string): void;
  end(): readonly SpokenText[];
}

function createBuilder(): Builder {
  const texts: SpokenText[] = [];
  /** The number of the last item of each list around the current place; undefined for bullets. */
  const numbers: (number | undefined)[] = [];
  let [text, masked, number] = ['', '', ''];
  /** The cells of the row around the current place. */
  let cells: string[] | undefined;

  function add(part: string, as: 'whole' | 'sentences'): void {
    const collapsed = part.replace(/\s+/g, ' ');
    const added = text === '' || text.endsWith(' ') ? collapsed.trimStart() : collapsed;
    text += added;
    masked += as === 'whole' ? withoutPunctuation(added) : added;
  }

  function endText(tooLong = t('A long paragraph')): void {
    const { length } = text.trimEnd();
    if (length > 0) {
      const mask = 'x'.repeat(number.length) + masked.slice(0, length);
      texts.push({ text: number + text.slice(0, length), masked: mask, tooLong });
      number = '';
    }
    [text, masked] = ['', ''];
  }

  function endCell(): void {
    if (text.trim() !== '') cells?.push(text.trim());
    [text, masked] = ['', ''];
  }

  function endRow(): void {
    add(cells?.join(', ') ?? '', 'whole');
    endText(t('A long table row'));
    cells = undefined;
  }

  function beginItem(): void {
    const last = numbers.pop();
    const next = last === undefined ? undefined : last + 1;
    numbers.push(next);
    // The number of an item is announced, a bullet is not.
    number = next === undefined ? '' : `${next}: `;
  }

  return {
    add,
    addTag(tag) {
      if (tag === '<br>') add(' ', 'sentences');
      else if (tag === '<tr>') cells = [];
      else if (tag === '</tr>') endRow();
      else if (/^<\/t[hd]>/.test(tag)) endCell();
      else if (BLOCK_TAG.test(tag)) endText();
      const list = /^<(ul|ol)\b(?:.*start="(\d+)")?/.exec(tag);
      if (list) numbers.push(list[1] === 'ol' ? Number(list[2] ?? 1) - 1 : undefined);
      else if (/^<\/[uo]l>/.test(tag)) numbers.pop();
      else if (/^<li\b/.test(tag)) beginItem();
    },
    addFormula(source) {
      const line = source.replace(/\s+/g, ' ').trim();
      if (line === '') return;
      // Within a sentence or a cell, it is a part of it.
      if (text !== '' || cells) add(line, 'whole');
      else {
        add(line.length > MAX_FORMULA_LENGTH ? t('A long formula') : t('Formula: {0}', line), 'whole');
        endText();
      }
    },
    end() {
      endText();
      return texts;
    },
  };
}

/** A text of the same length. */
function withoutPunctuation(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, ({ length }) => 'x'.repeat(length));
}

/** @param name the language as it is named in the answer, in HTML */
function codeSummary(name: string, code: string, language: string): string {
  const block = name === '' ? t('Code block') : t('Code block, {0}', name);
  const count = code === '' ? 0 : code.replace(/\n$/, '').split('\n').length;
  return `${block}, ${count === 1 ? t('1 line') : t('{0} lines', count.toLocaleString(language))}`;
}
