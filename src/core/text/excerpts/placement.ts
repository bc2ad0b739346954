import { declarationsOf } from '../declarations';
import { offsetEditsOf } from './line-edits';
import { editsOfExcerpt } from './excerpt-edits';
import { editsOfPatch } from './patch-edits';
import { patchForFile } from './patch-files';
import { hunksOfPatch, isPatch } from './patches';
import { nameAtDepth } from './line-matches';
import { hasLetters } from './lines';
import { markLeftOut } from './placeholders';
import { withLineFeeds } from '../line-breaks';
import type { OffsetEdit } from '../offset-edits';

/** How code of an answer changes a text. */
export type Placement =
  /** The code is the whole text. */
  | { readonly kind: 'whole' }
  /** The code changes parts of the text, whose line breaks are LF. */
  | { readonly kind: 'parts'; readonly offsetEdits: readonly OffsetEdit[] }
  /** The code is a patch or an excerpt, and the place of a part was not found. `reason`: the sign that it is one. */
  | { readonly kind: 'unknown'; readonly reason: 'patch' | 'placeholder' | 'length' };

/** Code that may change only parts of a text. */
export interface ProposedCode {
  readonly code: string;
  /** Whether the language of the code is that of diffs, and that of the text is not. */
  readonly isDiff: boolean;
  /** `file` if the code may be a whole file, `excerpt` if the answer says that it is a part of one. */
  readonly extent: 'file' | 'excerpt' | 'selection';
  /** The path of the text, by which its part of a patch for several files is found. */
  readonly path: string;
}

/** Lines with letters from which a text is long enough to tell an excerpt of it by its length. */
const MIN_LINES = 5;

/** @param text with LF as its line breaks */
export function placementOf(text: string, { code: shown, isDiff, extent, path }: ProposedCode): Placement {
  const code = withLineFeeds(shown);
  const lines = text.split('\n');
  // A text that is itself a patch is replaced.
  if (isPatch(code, isDiff) && !isPatch(text, false)) {
    const hunks = hunksOfPatch(patchForFile(code, path) ?? '', true) ?? [];
    const edits = editsOfPatch(lines, hunks);
    const offsetEdits = edits && offsetEditsOf(lines, edits);
    return offsetEdits ? { kind: 'parts', offsetEdits } : { kind: 'unknown', reason: 'patch' };
  }
  const excerpt = code.replace(/\n$/, '').split('\n');
  const marked = markLeftOut(lines, excerpt);
  const isPart = extent === 'excerpt' || (extent === 'file' && isMuchShorter(lines, excerpt));
  if (!marked && !isPart) return { kind: 'whole' };
  const edits = editsOfExcerpt(lines, marked ?? excerpt);
  const offsetEdits = edits && offsetEditsOf(lines, edits);
  if (offsetEdits) return { kind: 'parts', offsetEdits };
  return { kind: 'unknown', reason: marked ? 'placeholder' : 'length' };
}

/**
 * Whether code has few of the lines of a text, and is much shorter. An excerpt usually lacks the first line, which a
 * simplified file keeps.
 */
function isMuchShorter(lines: readonly string[], excerpt: readonly string[]): boolean {
  const known = new Set(lines.map((line) => line.trim()));
  const text = lines.map((line) => line.trim()).filter(hasLetters);
  const part = excerpt.map((line) => line.trim()).filter(hasLetters);
  if (text.length < MIN_LINES) return false;
  const declared = new Set(text.flatMap(declarationsOf));
  const names = new Set(lines.map((line) => nameAtDepth(line)));
  names.delete(undefined);
  const isKnown =
    part.some((line) => known.has(line) || declarationsOf(line).some((each) => declared.has(each))) ||
    excerpt.some((line) => names.has(nameAtDepth(line)));
  if (!isKnown) return false;
  const inPart = new Set(part);
  const kept = text.filter((line) => inPart.has(line)).length;
  const maxShare = inPart.has(text[0] ?? '') ? 0.5 : 0.8;
  return part.length < text.length * maxShare && kept < text.length * 0.5;
}
