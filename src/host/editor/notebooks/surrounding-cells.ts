import * as vscode from 'vscode';
import type { Attachment } from '../../../core/prompt/attachment';
import { fileLabel } from '../file-label';
import { cellName } from './notebook-cells';

/** Length of all surrounding cells together, in UTF-16 units, so that they take little of the context window. */
const MAX_LENGTH = 6000;
/** A cell that is longer is shortened to its beginning, so that others have room too. */
const MAX_CELL_LENGTH = 2000;

/**
 * The cells around a cell, the nearest ones first where not all of them fit: code in a notebook depends on the cells above.
 * The cell itself is one of them if only a part of it is asked about.
 *
 * @param isWhole whether the whole cell is asked about
 * @returns undefined if there are none
 */
export function surroundingCells(cell: vscode.NotebookCell, isWhole: boolean): Attachment | undefined {
  const { notebook, index, document } = cell;
  const others = notebook.getCells().filter((each) => !isWhole || each !== cell);
  const nearestFirst = others.toSorted((one, other) => distance(one, index) - distance(other, index));
  const texts = new Map<number, string>();
  let length = 0;
  for (const each of nearestFirst) {
    const text = textOf(each);
    if (text === undefined) continue;
    length += text.length;
    if (length > MAX_LENGTH) break;
    texts.set(each.index, text);
  }
  const content = [...texts.entries()].sort(([one], [other]) => one - other).map(([, text]) => text);
  if (content.length === 0) return undefined;
  return {
    kind: 'surroundings',
    label: vscode.l10n.t('{0} (other cells)', fileLabel(notebook.uri)),
    language: '',
    content: content.join('\n\n'),
    source: { uri: document.uri.toString() },
  };
}

/** Cells above come before those below at the same distance. */
function distance({ index }: vscode.NotebookCell, from: number): number {
  return index > from ? index - from + 0.5 : from - index;
}

/** Undefined for an empty cell and for one with binary data. */
function textOf(cell: vscode.NotebookCell): string | undefined {
  const text = cell.document.getText().trim();
  if (text === '' || text.includes('\0')) return undefined;
  const begin = text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH).toWellFormed()} …` : text;
  return `${cellName(cell)}:\n${begin}`;
}
