import * as vscode from 'vscode';
import { pieceLabel, type Attachment, type Lines } from '../../core/prompt/attachment';
import { showWarning } from '../notifications';
import { fileLabel } from './file-label';

export type SelectionReading =
  | { readonly kind: 'code'; readonly attachment: Attachment }
  | { readonly kind: 'no-editor' | 'nothing-selected' | 'binary' };

/** A selection by its place; its text is not read, as it may be long. */
export interface SelectionPlace {
  readonly label: string;
  readonly lines: Lines;
}

export function locateSelection({ document, selection }: vscode.TextEditor): SelectionPlace | undefined {
  if (selection.isEmpty) return undefined;
  const { start, end } = selection;
  // A selection that ends before the first character of a line does not hold that line.
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const lines = [start.line + 1, lastLine + 1] as const;
  return { label: pieceLabel(fileLabel(document.uri), lines), lines };
}

/** The selected code, or why there is none to send. */
export function readSelection(editor: vscode.TextEditor | undefined): SelectionReading {
  if (!editor) return { kind: 'no-editor' };
  const place = locateSelection(editor);
  if (!place) return { kind: 'nothing-selected' };
  const { document, selection } = editor;
  const content = document.getText(selection);
  // No text holds a NUL: it is a binary file, shown as if it were text.
  if (content.includes('\0')) return { kind: 'binary' };
  const { label, lines } = place;
  const source = { uri: document.uri.toString(), lines };
  return {
    kind: 'code',
    attachment: { kind: 'selection', label, language: document.languageId, content, source },
  };
}

/** Tells the user why no code goes with a question. */
export function sayWhyNothing(kind: Exclude<SelectionReading['kind'], 'code'>): void {
  void showWarning(whyNothing(kind));
}

function whyNothing(kind: Exclude<SelectionReading['kind'], 'code'>): string {
  switch (kind) {
    case 'no-editor':
      return vscode.l10n.t('There is no text editor open to take code from.');
    case 'nothing-selected':
      return vscode.l10n.t('Select some code first.');
    case 'binary':
      return vscode.l10n.t('The selection is binary data, not text, so it was not sent.');
  }
}
