import * as vscode from 'vscode';
import { lineRangeLabel, type Attachment } from '../../../core/prompt/attachment';
import { documentSymbols } from '../document-symbols';
import { fileLabel } from '../file-label';
import { readRanges } from '../selection';
import { surroundingsOf } from '../surroundings';

/** Length of the code before and after the cursor that is sent, in characters: about 2,500 tokens. */
const MAX_BEFORE = 6000;
const MAX_AFTER = 3000;

/** The context that a model needs to write code for a place in a document. */
export interface CodeAroundCursor {
  /** Stands in the place of the new code. */
  readonly marker: string;
  readonly attachments: readonly Attachment[];
}

/**
 * The code around a place, in which a marker stands in the place of the new code, the code that is to be replaced, the
 * imports of the file, and the declarations around the place.
 *
 * @param marker the usual marker; another one is used where the code contains it
 * @returns undefined if the document is binary data
 */
export async function codeAroundCursor(
  document: vscode.TextDocument,
  replaced: vscode.Range,
  marker: string,
): Promise<CodeAroundCursor | undefined> {
  const before = textBefore(document, replaced.start);
  const after = textAfter(document, replaced.end);
  const result = replaced.isEmpty ? undefined : readRanges(document, [replaced]);
  if (result && result.kind !== 'code') return undefined;
  if (`${before}${after}`.includes('\0')) return undefined;
  const free = unusedMarker(marker, before + after);
  const first = replaced.start.line - lineBreaksIn(before);
  const last = replaced.end.line + lineBreaksIn(after);
  const shown = document.validateRange(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
  // A language extension may throw anything.
  const symbols = await documentSymbols(document.uri).catch(() => []);
  const surroundings = surroundingsOf(document, [shown], symbols);
  const lines = [first + 1, last + 1] as const;
  const around: Attachment = {
    kind: 'surroundings',
    label: vscode.l10n.t('{0} (around {1})', lineRangeLabel(fileLabel(document.uri), lines), free),
    language: document.languageId,
    content: before + free + after,
    source: { uri: document.uri.toString(), lines },
  };
  const attachments = [around, ...(result?.attachments ?? []), ...(surroundings ? [surroundings] : [])];
  return { marker: free, attachments };
}

/** The text before a position: whole lines, or the end of a line that alone exceeds the limit. */
function textBefore(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  let text = document.lineAt(line).text.slice(Math.max(0, character - MAX_BEFORE), character);
  for (let number = line - 1; number >= 0; number--) {
    const next = document.lineAt(number).text;
    if (text.length + next.length >= MAX_BEFORE) break;
    text = `${next}\n${text}`;
  }
  // A surrogate pair must not be split.
  return /^[\udc00-\udfff]/.test(text) ? text.slice(1) : text;
}

function textAfter(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  let text = document.lineAt(line).text.slice(character, character + MAX_AFTER);
  for (let number = line + 1; number < document.lineCount; number++) {
    const next = document.lineAt(number).text;
    if (text.length + next.length >= MAX_AFTER) break;
    text = `${text}\n${next}`;
  }
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}

/** @param marker in angle brackets */
function unusedMarker(marker: string, text: string): string {
  let unused = marker;
  for (let number = 2; text.includes(unused); number++) unused = marker.replace('>', `_${number}>`);
  return unused;
}

function lineBreaksIn(text: string): number {
  return text.split('\n').length - 1;
}
