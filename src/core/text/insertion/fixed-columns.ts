/** Code and the languages that say what its columns mean. */
interface ColumnCode {
  readonly code: string;
  readonly language: string;
  readonly documentLanguage: string;
}

const FIXED_FORM: ReadonlySet<string> = new Set([
  'fortran',
  'FortranFixedForm',
  'fortran_fixed-form',
  'f77',
  'cobol',
  'COBOL',
]);
/** A line in fixed form: a comment, or code after the columns for labels or numbers. */
const FIXED_LINE = /^(?:[Cc*!]|[ \d]{6}|[ \d]{0,5}\t|[ \d]{5}\S|\s*$)/;
/** In a diff, the space at the beginning of a line is not an indentation, but says that it is unchanged. */
const COLUMN_LANGUAGES: ReadonlySet<string> = new Set(['diff', 'jcl', 'rpg', 'rpgle']);
/** A line that is not a recipe, or a recipe with its tab. */
const MAKE_LINE = /^(?:\t|[^\s#][^=\n]*:|[\w.]+ *[:?+]?=)/m;

/** Whether a column of the code has a meaning in the document, so that it is inserted as shown at any place. */
export function keepsColumns({ code, language, documentLanguage }: ColumnCode): boolean {
  if (COLUMN_LANGUAGES.has(documentLanguage)) return true;
  if (documentLanguage === 'makefile') return language === 'makefile' && MAKE_LINE.test(code);
  return FIXED_FORM.has(documentLanguage) && code.split(/\r\n|\r|\n/).every((line) => FIXED_LINE.test(line));
}
