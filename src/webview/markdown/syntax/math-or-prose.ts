/** Letters of languages that put spaces between words. Greek letters are symbols. */
const LETTER = '[\\p{Script=Latin}\\p{Script=Cyrillic}]';
/** Letters of Chinese, Japanese and Korean, where text follows a price or a variable without a space. */
const CJK_LETTER = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]';

/** Whether text between dollar signs is prose, code, or a price, and not a formula. */
export function isProseInDollars(before: string, source: string, after: string): boolean {
  return (
    beginsLikeProse(source) ||
    !canBeFollowedBy(source, after) ||
    ENDS_WITH_QUOTE.test(source) ||
    isQuotedVariable(before, source, after) ||
    isPrice(source) ||
    readsAsProse(source) ||
    isCjkProse(source, after)
  );
}

/** `$a = $b + $c; echo "$a"`: a quotation mark that opens a string before the second dollar sign. */
const ENDS_WITH_QUOTE = /[\s([{=:,]["']$/;

const POWER_OR_INDEX = /(?:(?<![\p{L}\d])(?:\d*\p{L}{1,2}|\d+)|[)\]}])[_^](?:[{\\]|[\p{L}\d](?!\p{L}))/u;

/** `$ x^2 $` with a space on both sides, as some models write it: only if it has a command, a power or an index, and no words. */
export function isSpacedFormula(source: string): boolean {
  if (!/^ \S(?:.*\S)? $/.test(source) || /["'`;]/.test(source)) return false;
  const rest = source.replace(/\\[a-zA-Z]+|\{[^{}]*\}/g, '');
  return (
    (POWER_OR_INDEX.test(source) || /\\[a-zA-Z]{2}/.test(source)) && !/\p{L}{3}|\s\p{L}{2}(?=\s)/u.test(rest)
  );
}

/** `^\d+$/, /^a+$/`, `(^a$|^b$)` and `$...$`: punctuation between two dollar signs. */
function beginsLikeProse(source: string): boolean {
  return /^(?:[.…]+$|[/),;?].|[.:!]\s|\|\^)/.test(source);
}

/** Whether a formula can be followed by a character. A digit after it is usually the next price, but not in "3$\times$3". */
function canBeFollowedBy(source: string, after: string): boolean {
  if (/[0-9]/.test(after)) return /^\\[A-Za-z]+$/.test(source);
  // The price levels "$–$$".
  if (after === '$' && /^[-–—/]$/.test(source)) return false;
  // `${a}${b}` and `$(a)$(b)`.
  if (/[{(]/.test(after) && source.startsWith(after)) return false;
  // "$n$th" is a formula; "$HOME/$USER", "$20k–$x" and "$first$second" are not.
  if (/[A-Za-z_{(]/.test(after)) return !/[-–—−+*×·/÷=→:<>,;.?&|@([{_^]$|^[A-Za-z_]\w{2,}$/.test(source);
  return true;
}

/** `cp "$src" "$dst"`, `'$a' and '$b'`, `"${a}", "$(b)"`: the quotation mark before the dollar sign is closed within. */
function isQuotedVariable(before: string, source: string, after: string): boolean {
  if (!/["'`]/.test(before) || after === before) return false;
  return /^(?:[A-Za-z_]\w*|\{[^}]*\}|\([^)]*\)|[\d@#?*])[^"'`]*["'`]/.test(source) && source.includes(before);
}

/** A price with the word after it, which may be a single letter only if that is not a variable. */
const PRICE = new RegExp(
  `^\\d[\\d.,]*(?:[-–—]\\d[\\d.,]*)?\\s?(?:[kKMB]|bn)?(?:/[a-z]+)?[.,;:!?)]*\\s+(?!mod\\b)(?:${LETTER}{2}|[\\p{Script=Cyrillic}À-ÖØ-öø-ÿ])`,
  'u',
);

const QUANTITY =
  /^\d[\d.,]*\s*(?:[kmcnµ]?(?:mol|rad|bar|eV|Hz|Pa|Wh|g|m|s|l|L|J|W|V|A)|min|ft|atm|dB|[KMGT](?:B|Hz|Pa|eV|J|W|Wh))(?:\s*\/\s*\w{1,4}(?:\^?\d)?)?$/;
const FUNCTION_WITH_FACTOR =
  /^\d[\d.,]*\s*(?:pi|alpha|beta|theta|lambda|sigma|omega|sin|cos|tan|log|ln|exp|sqrt)(?!\p{L})(?![^]*\p{L}{2})/u;

/** "$5 and you have 10$", "$5/month or 50$", "$1.5k for it, or 2$", "$5 für (10$)", but not "$10 km/h$" and "$2 pi r$". */
function isPrice(source: string): boolean {
  return PRICE.test(source) && !QUANTITY.test(source) && !FUNCTION_WITH_FACTOR.test(source);
}

const FOUR_WORDS = new RegExp(`(?<![\\\\\\p{L}\\w])${LETTER}{2,}(?:,?\\s+${LETTER}{2,}){3}`, 'u');

/** Whether a text contains four consecutive words that are neither commands nor in braces. */
export function readsAsProse(source: string): boolean {
  return FOUR_WORDS.test(withoutBraces(source));
}

const CJK_END = new RegExp(`${CJK_LETTER}$`, 'u');
const CJK_SENTENCE = new RegExp(
  `${CJK_LETTER}{10}|${CJK_LETTER}.*[、。，；：！？]|[、。，；：！？].*${CJK_LETTER}`,
  'u',
);

/** "设置$HOME变量和$PATH变量", "苹果$5，香蕉$x$元", but not "$速度 = 路程/时间$". */
function isCjkProse(source: string, after: string): boolean {
  const text = withoutBraces(source);
  return CJK_SENTENCE.test(text) || (CJK_END.test(text) && /\w/.test(after));
}

function withoutBraces(source: string): string {
  return source.replace(/\{[^{}]*\}/g, '{}');
}

/** The price levels "$$–$$$", "PHP: $$var = $$other", "kill $$; echo $$": text between double dollar signs within a line. */
export function isProseInDoubleDollars(source: string, after: string): boolean {
  if (namesDelimiters(source) || beginsLikeProse(source.trimStart()) || !canBeFollowedBy(source, after))
    return true;
  if (/^\s*(?:["']|\*\*|__)|"\s*$|;\s+\p{L}{2}/u.test(source) || !/[^\s\p{P}|$~+<>]/u.test(source))
    return true;
  if (/\\[A-Za-z]/.test(source)) return readsAsProse(source);
  // "$$HOME, $$PATH" has a space before a pair of dollar signs and none after the other. A line break may be before only one.
  const isSpaced = /^\s/.test(source);
  const isSymmetric = isSpaced === /\s$/.test(source) || /^\s*\n|\n\s*$/.test(source);
  const isClear =
    /[\^]|_(?:\{|\w(?!\w))|=\s*[^\s=]/.test(source) || (isExpression(source) && !/[\w({$]/.test(after));
  return ((!isSymmetric || (isSpaced && after === '$')) && !isClear) || isPhrase(source);
}

const CALL = /[\p{L}\p{N}]\(/u;
const LEFT_OPERAND = '(?:\\d|(?<!\\p{L})\\p{L}|[)\\]])';
const RIGHT_OPERAND = '(?:\\d|\\p{L}(?!\\p{L})|[([])';
const OPERATION = new RegExp(`${LEFT_OPERAND}(\\s*)[-+*/<>]\\1${RIGHT_OPERAND}`, 'u');

/** A single letter, a call, or an operation: "x", "f(x)", "a + b", but not "HOME/bin" and "a -lt". */
function isExpression(source: string): boolean {
  return /^\s*\p{L}\s*$/u.test(source) || CALL.test(source) || OPERATION.test(source);
}

/** Letters that are not words of a phrase: names of functions and Greek letters, differentials, and products of points. */
const SYMBOL =
  /^(?:arg|max|min|sup|inf|lim|mod|gcd|det|exp|log|ln|sqrt|(?:arc)?(?:sin|cos|tan)h?|alpha|beta|gamma|delta|epsilon|theta|lambda|mu|pi|rho|sigma|tau|phi|psi|omega|d\p{L}|\p{Lu}{2,3})$/u;

/** Words without a symbol of mathematics: "$$ (cheap), $$", "$$ SELECT 1 $$". */
function isPhrase(source: string): boolean {
  if (readsAsProse(source)) return true;
  if (/[\\^_=+<>{}&]|\s[/*·×÷−]\s/.test(source) || CALL.test(source)) return false;
  const words = source.match(/\p{L}{2,}/gu) ?? [];
  return (
    words.filter((word) => !SYMBOL.test(word)).length > 1 ||
    (words.length === 1 && /[,;:.]\s*$|\p{L}{4,}\s+\d/u.test(source))
  );
}

const CONJUNCTION = /^(?:and|or|und|oder|et|ou|или)$/;

/**
 * Whether text is between names of delimiters, or stands for any formula: "escape \( and \)", "write \[ … \]". A single letter
 * is a variable, even if it is a conjunction in some language, and "dx dy" and "AB CD" are products.
 */
export function namesDelimiters(source: string): boolean {
  const text = source.trim();
  if (/^[.…]+$/.test(text)) return true;
  return /^\s.*\s$/.test(source) && (CONJUNCTION.test(text) || isWords(text.split(/\s+/)));
}

function isWords(words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.every((word) => /^\p{L}{2,}$/u.test(word) && !/^(?:d\p{L}|\p{Lu}+)$/u.test(word)) &&
    (words.some(({ length }) => length > 3) || words.every(({ length }) => length > 2))
  );
}
