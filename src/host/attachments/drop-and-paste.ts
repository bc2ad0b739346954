import * as vscode from 'vscode';
import { lineRangeLabel, type Attachment } from '../../core/prompt/attachment';
import { isSameText, withLineFeeds } from '../../core/text/line-breaks';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { fileLabel } from '../editor/file-label';
import { hostUri } from '../editor/host-uri';
import { showDialog, showInformation } from '../notifications';
import { fileEntry, type AttachmentEntry } from './attachment-entry';

/**
 * The files among the URIs that were dropped. The webview reports them and is not trusted, so the user is asked first
 * about files from outside the workspace.
 */
export async function droppedFiles(uris: readonly string[]): Promise<readonly AttachmentEntry[]> {
  const files = uris.flatMap((text) => {
    const uri = parse(text);
    return uri && isReadable(uri) ? [uri] : [];
  });
  if (files.length === 0) {
    void showInformation(vscode.l10n.t('Nothing was attached. Only text and text files can be attached.'));
  }
  const outside = files.filter(isOutsideWorkspace);
  const agreed = outside.length === 0 || (await confirmOutsideFiles(outside));
  return files.filter((uri) => agreed || !isOutsideWorkspace(uri)).map(fileEntry);
}

function isOutsideWorkspace(uri: vscode.Uri): boolean {
  return uri.scheme !== 'untitled' && !vscode.workspace.getWorkspaceFolder(uri);
}

async function confirmOutsideFiles(files: readonly vscode.Uri[]): Promise<boolean> {
  const attach = vscode.l10n.t('Attach');
  const chosen = await showDialog({
    severity: 'warning',
    text: vscode.l10n.t(
      'Do you want to attach content from outside the workspace? The content will be sent with your question.',
    ),
    detail: files.map(({ fsPath }) => sanitizeLine(fsPath)).join('\n'),
    buttons: [attach],
  });
  return chosen === attach;
}

function parse(text: string): vscode.Uri | undefined {
  try {
    // `..` segments are resolved, because they could make a file outside the workspace look like one inside.
    return hostUri(vscode.Uri.joinPath(vscode.Uri.parse(text.trim(), true), '.'));
  } catch {
    return undefined;
  }
}

/** True if VS Code has a file system or an editor for the URI. Nothing is fetched from the network. */
function isReadable({ scheme }: vscode.Uri): boolean {
  if (scheme === 'http' || scheme === 'https') return false;
  return scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}

/** Pasted code, labeled with its range if it was copied from an open editor. */
export function pastedCode(text: string, language: string): Attachment {
  const origin = findOrigin(text);
  if (!origin) {
    const name = vscode.l10n.t('Pasted code');
    const label = language === '' ? name : `${name} · ${language}`;
    return { kind: 'paste', label, language, content: text };
  }
  const { document, lines } = origin;
  const label = lineRangeLabel(fileLabel(document.uri), lines);
  const source = { uri: document.uri.toString(), lines };
  return { kind: 'paste', label, language: document.languageId, content: text, source };
}

interface Origin {
  readonly document: vscode.TextDocument;
  readonly lines: readonly [number, number];
}

/** The range where the text is selected, or else its only occurrence; undefined if several files contain it. */
function findOrigin(text: string): Origin | undefined {
  const { visibleTextEditors } = vscode.window;
  const selected = visibleTextEditors.flatMap(({ document, selections }) => {
    const selection = selections.find((range) => sameText(document.getText(range), text));
    return selection ? [{ document, lines: linesOf(selection) }] : [];
  });
  if (selected.length > 0) return onlyOrigin(selected);
  return onlyOrigin(
    visibleTextEditors.flatMap(({ document }) => {
      const range = onlyOccurrence(document, text);
      return range ? [{ document, lines: linesOf(range) }] : [];
    }),
  );
}

/** Two editors may show one document. */
function onlyOrigin(origins: readonly Origin[]): Origin | undefined {
  const [first] = origins;
  return origins.every(({ document }) => document === first?.document) ? first : undefined;
}

function sameText(one: string, other: string): boolean {
  return one !== '' && isSameText(one, other);
}

function onlyOccurrence(document: vscode.TextDocument, text: string): vscode.Range | undefined {
  const all = document.getText();
  const wanted =
    document.eol === vscode.EndOfLine.CRLF
      ? withLineFeeds(text).replaceAll('\n', '\r\n')
      : withLineFeeds(text);
  const at = all.indexOf(wanted);
  if (at < 0 || all.includes(wanted, at + 1)) return undefined;
  return new vscode.Range(document.positionAt(at), document.positionAt(at + wanted.length));
}

/** First and last line, from 1. A range that ends before the first character of a line does not include that line. */
function linesOf({ start, end }: vscode.Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}
