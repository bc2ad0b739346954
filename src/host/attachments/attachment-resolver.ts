import * as vscode from 'vscode';
import { lineRangeLabel, type AttachmentSource } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';
import { openDocument } from '../editor/open-document';
import type { LocalFiles } from '../platform';
import {
  labelOf,
  type AttachmentEntry,
  type FileEntry,
  type ResolvedAttachment,
  type SymbolEntry,
} from './attachment-entry';
import { MAX_ATTACHMENT_SIZE } from './attachment-limits';
import { readChanges } from './git';
import { readProblems } from './diagnostics';
import { findSymbol } from './workspace-search';

/** Reads the current content of an entry, or returns the reason why there is nothing to send. */
export type AttachmentResolver = (entry: AttachmentEntry) => Promise<ResolvedAttachment>;

/** @param files of the machine; without them VS Code's file systems are read */
export function createAttachmentResolver(files?: LocalFiles): AttachmentResolver {
  return async (entry) => {
    // Git and language extensions may throw anything.
    const resolved = await read(entry, files).catch((error: unknown) => unusable(failureReason(error)));
    if (resolved.kind === 'usable' && resolved.attachment.content.length > MAX_ATTACHMENT_SIZE) {
      return tooLarge(resolved.attachment.content.length);
    }
    return resolved;
  };
}

async function read(entry: AttachmentEntry, files?: LocalFiles): Promise<ResolvedAttachment> {
  switch (entry.kind) {
    case 'snapshot':
      return { kind: 'usable', attachment: entry.attachment };
    case 'file':
      return readFile(entry, files);
    case 'symbol':
      return readSymbol(entry, files);
    case 'problems':
      return readProblems(labelOf(entry), entry.uri);
    case 'changes':
      return readChanges(labelOf(entry));
  }
}

function unusable(reason: string): Unusable {
  return { kind: 'unusable', reason };
}

function tooLarge(size: number): Unusable {
  const megabytes = (size / MAX_ATTACHMENT_SIZE).toLocaleString(vscode.env.language, {
    maximumFractionDigits: 1,
  });
  return unusable(vscode.l10n.t('{0} MB is too large. The limit is 1 MB', megabytes));
}

async function readFile(entry: FileEntry, files?: LocalFiles): Promise<ResolvedAttachment> {
  const address = vscode.Uri.parse(entry.uri);
  const text = await readText(address, files);
  if (text.kind === 'unusable') return text;
  const language = await languageOf(address);
  const { content, source } = text;
  return { kind: 'usable', attachment: { kind: 'file', label: labelOf(entry), language, content, source } };
}

async function readSymbol({ uri, name, line }: SymbolEntry, files?: LocalFiles): Promise<ResolvedAttachment> {
  const address = vscode.Uri.parse(uri);
  const text = await readText(address, files);
  if (text.kind === 'unusable') return text;
  const range = await findSymbol(address, name, line);
  if (!range) return unusable(vscode.l10n.t('the symbol was not found in its file'));
  const [first, last] = [range.start.line + 1, range.end.line + 1];
  const content = text.content
    .split(/\r?\n/)
    .slice(first - 1, last)
    .join('\n');
  const label = lineRangeLabel(fileLabel(address), [first, last]);
  const source = { ...text.source, lines: [first, last] as const };
  const language = await languageOf(address);
  return { kind: 'usable', attachment: { kind: 'symbol', label, language, content, source } };
}

type Unusable = Extract<ResolvedAttachment, { kind: 'unusable' }>;
type FileText =
  { readonly kind: 'text'; readonly content: string; readonly source: AttachmentSource } | Unusable;

/** The text of a file as the user sees it, unsaved changes included. */
async function readText(uri: vscode.Uri, files?: LocalFiles): Promise<FileText> {
  const open = openDocument(uri);
  const source = { uri: uri.toString() };
  // A saved file is read from the disk, since a closed document may lag behind it.
  if (open && (open.isDirty || open.isUntitled)) return { kind: 'text', content: open.getText(), source };
  try {
    return await (uri.scheme === 'file' && files ? readLocal(uri, files) : readRemote(uri));
  } catch (error) {
    // A document that an extension provides has no file.
    if (open && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) {
      return { kind: 'text', content: open.getText(), source };
    }
    return unusable(failureReason(error));
  }
}

async function readLocal(uri: vscode.Uri, files: LocalFiles): Promise<FileText> {
  const result = await files.readRegularFile(uri.fsPath, MAX_ATTACHMENT_SIZE);
  switch (result.kind) {
    case 'read': {
      const { bytes, realPath } = result;
      const source = { uri: uri.toString(), ...(realPath !== uri.fsPath && { realPath }) };
      return decode(bytes, uri, source);
    }
    case 'folder':
      return folder();
    case 'special':
      return unusable(vscode.l10n.t('not a regular file'));
    case 'changed':
      return unusable(vscode.l10n.t('changed while being read'));
    case 'too-large':
      return tooLarge(result.size);
  }
}

async function readRemote(uri: vscode.Uri): Promise<FileText> {
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) !== 0) return folder();
  // Reading a device or a pipe may never end.
  if ((type & vscode.FileType.File) === 0) return unusable(vscode.l10n.t('not a regular file'));
  if (size > MAX_ATTACHMENT_SIZE) return tooLarge(size);
  return decode(await vscode.workspace.fs.readFile(uri), uri, { uri: uri.toString() });
}

function folder(): Unusable {
  return unusable(vscode.l10n.t('folders cannot be attached, but their files can'));
}

async function decode(bytes: Uint8Array, uri: vscode.Uri, source: AttachmentSource): Promise<FileText> {
  const content = await Promise.resolve(vscode.workspace.decode(bytes, { uri })).catch(() => undefined);
  if (content === undefined || content.includes('\0')) return unusable(vscode.l10n.t('binary file'));
  return { kind: 'text', content, source };
}

function failureReason(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  const gone = code === 'FileNotFound' || code === 'ENOENT' || code === 'ENOTDIR';
  return gone ? vscode.l10n.t('no longer exists') : vscode.l10n.t('cannot be read');
}

const languages = new Map<string, string>();

/** The language ID of the file's document, which is opened for this if needed; empty if that fails. */
async function languageOf(uri: vscode.Uri): Promise<string> {
  const key = uri.toString();
  const known = openDocument(uri)?.languageId ?? languages.get(key);
  if (known !== undefined) return known;
  try {
    const { languageId } = await vscode.workspace.openTextDocument(uri);
    languages.set(key, languageId);
    return languageId;
  } catch {
    return '';
  }
}
