import * as vscode from 'vscode';
import { pieceLabel, type Attachment } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';

/** Code that was pasted, named after the place in an open editor that it is a copy of, where there is one. */
export function pastedCode(text: string, language: string): Attachment {
  const origin = findOrigin(text);
  if (!origin) {
    const name = vscode.l10n.t('Pasted code');
    const label = language === '' ? name : `${name} · ${language}`;
    return { kind: 'paste', label, language, content: text };
  }
  const { document, lines } = origin;
  const label = pieceLabel(fileLabel(document.uri), lines);
  const source = { uri: document.uri.toString(), lines };
  return { kind: 'paste', label, language: document.languageId, content: text, source };
}

interface Origin {
  readonly document: vscode.TextDocument;
  readonly lines: readonly [number, number];
}

/** Where it is selected, else where it stands once. */
function findOrigin(text: string): Origin | undefined {
  const { visibleTextEditors } = vscode.window;
  for (const { document, selections } of visibleTextEditors) {
    const selection = selections.find((range) => sameText(document.getText(range), text));
    if (selection) return { document, lines: linesOf(selection) };
  }
  for (const { document } of visibleTextEditors) {
    const range = onlyOccurrence(document, text);
    if (range) return { document, lines: linesOf(range) };
  }
  return undefined;
}

function sameText(one: string, other: string): boolean {
  return one !== '' && unified(one) === unified(other);
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function onlyOccurrence(document: vscode.TextDocument, text: string): vscode.Range | undefined {
  const all = document.getText();
  const wanted =
    document.eol === vscode.EndOfLine.CRLF ? unified(text).replaceAll('\n', '\r\n') : unified(text);
  const at = all.indexOf(wanted);
  if (at < 0 || all.includes(wanted, at + 1)) return undefined;
  return new vscode.Range(document.positionAt(at), document.positionAt(at + wanted.length));
}

/** From 1; a line of which nothing but its beginning is in the range is none of it. */
function linesOf({ start, end }: vscode.Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}
