import * as vscode from 'vscode';
import { pieceLabel } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';
import { readChanges } from './changes';
import { readProblems } from './diagnostics';
import { labelOf, type FileReference, type Reference, type SymbolReference } from './reference';
import type { Resolved } from './resolved';
import { findSymbol } from './symbols';

/** Bytes or characters; a model with room for more would be paid dearly for it. */
const greatest = 1024 * 1024;

export async function resolve(reference: Reference): Promise<Resolved> {
  // Git and the extensions that are asked may fail in ways of their own.
  const resolved = await read(reference).catch((error: unknown) => unusable(whyNot(error)));
  if (resolved.kind === 'usable' && resolved.attachment.content.length > greatest) {
    return tooLarge(resolved.attachment.content.length);
  }
  return resolved;
}

async function read(reference: Reference): Promise<Resolved> {
  switch (reference.kind) {
    case 'kept':
      return { kind: 'usable', attachment: reference.attachment };
    case 'file':
      return readFile(reference);
    case 'symbol':
      return readSymbol(reference);
    case 'problems':
      return readProblems(labelOf(reference), reference.uri);
    case 'changes':
      return readChanges(labelOf(reference));
  }
}

function unusable(reason: string): Resolved {
  return { kind: 'unusable', reason };
}

function tooLarge(size: number): Resolved {
  const megabytes = (size / greatest).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
  return unusable(vscode.l10n.t('{0} MB is too large: 1 MB at most', megabytes));
}

async function readFile(reference: FileReference): Promise<Resolved> {
  const text = await readText(vscode.Uri.parse(reference.uri));
  if (typeof text !== 'string') return text;
  const language = await languageOf(vscode.Uri.parse(reference.uri));
  const label = labelOf(reference);
  const source = { uri: reference.uri };
  return { kind: 'usable', attachment: { kind: 'file', label, language, content: text, source } };
}

async function readSymbol({ uri, name, line }: SymbolReference): Promise<Resolved> {
  const address = vscode.Uri.parse(uri);
  const text = await readText(address);
  if (typeof text !== 'string') return text;
  const range = await findSymbol(address, name, line);
  if (!range) return unusable(vscode.l10n.t('it is not in its file any more'));
  const [first, last] = [range.start.line + 1, range.end.line + 1];
  const content = text
    .split(/\r?\n/)
    .slice(first - 1, last)
    .join('\n');
  const label = pieceLabel(fileLabel(address), [first, last]);
  const source = { uri, lines: [first, last] as const };
  const language = await languageOf(address);
  return { kind: 'usable', attachment: { kind: 'symbol', label, language, content, source } };
}

/** The text of a file as the user sees it: what is not saved is in it. */
async function readText(uri: vscode.Uri): Promise<string | Resolved> {
  const open = openDocument(uri);
  // What is saved is read from the disk, since a closed document may lag behind it.
  if (open && (open.isDirty || open.isUntitled)) return open.getText();
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      return unusable(vscode.l10n.t('a folder cannot be attached, but its files can'));
    }
    // What a device or a pipe has to give may have no end.
    if ((type & vscode.FileType.File) === 0) return unusable(vscode.l10n.t('it cannot be read'));
    if (size > greatest) return tooLarge(size);
    return await decode(await vscode.workspace.fs.readFile(uri), uri);
  } catch (error) {
    // A document that an extension provides has no file.
    if (open && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return open.getText();
    return unusable(whyNot(error));
  }
}

async function decode(bytes: Uint8Array, uri: vscode.Uri): Promise<string | Resolved> {
  const text = await Promise.resolve(vscode.workspace.decode(bytes, { uri })).catch(() => undefined);
  return text === undefined || text.includes('\0') ? unusable(vscode.l10n.t('binary, not text')) : text;
}

function whyNot(error: unknown): string {
  const gone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  return gone ? vscode.l10n.t('it is gone') : vscode.l10n.t('it cannot be read');
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

const languages = new Map<string, string>();

/** VS Code knows it of a document, which need not be open to be asked. */
async function languageOf(uri: vscode.Uri): Promise<string> {
  const open = openDocument(uri);
  if (open) return open.languageId;
  const known = languages.get(uri.toString());
  if (known !== undefined) return known;
  const language = await Promise.resolve(vscode.workspace.openTextDocument(uri)).then(
    ({ languageId }) => languageId,
    () => '',
  );
  languages.set(uri.toString(), language);
  return language;
}
