import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';
import { exactly } from '../../protocol/schema-helpers';
import { attachmentSchema } from '../storage/chats/attachment-schema';

/** An attachment of the question that is being written. It is read when it is needed, unless it is a snapshot. */
export type AttachmentEntry =
  | FileEntry
  | SymbolEntry
  | { readonly kind: 'problems'; readonly id: string; readonly uri?: string }
  | { readonly kind: 'changes'; readonly id: string }
  | { readonly kind: 'snapshot'; readonly id: string; readonly attachment: Attachment };

export interface FileEntry {
  readonly kind: 'file';
  readonly id: string;
  readonly uri: string;
}

/** A function or a class, which may have moved in its file. */
export interface SymbolEntry {
  readonly kind: 'symbol';
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  /** Its line when it was attached, from 0: of several symbols with its name, the nearest is meant. */
  readonly line: number;
}

const id = v.string();
const uri = v.string();

const schema = exactly<AttachmentEntry>()(
  v.variant('kind', [
    v.object({ kind: v.literal('file'), id, uri }),
    v.object({ kind: v.literal('symbol'), id, uri, name: v.string(), line: v.number() }),
    v.object({ kind: v.literal('problems'), id, uri: v.exactOptional(uri) }),
    v.object({ kind: v.literal('changes'), id }),
    v.object({ kind: v.literal('snapshot'), id, attachment: attachmentSchema }),
  ]),
);

export function fileEntry(uri: vscode.Uri): FileEntry {
  return { kind: 'file', id: crypto.randomUUID(), uri: uri.toString() };
}

/** Content that is attached as it is now. */
export function snapshotOf(attachment: Attachment): AttachmentEntry {
  return { kind: 'snapshot', id: crypto.randomUUID(), attachment };
}

/** The entries of a stored list that are valid. */
export function parseEntries(stored: readonly unknown[]): readonly AttachmentEntry[] {
  return stored.filter((entry): entry is AttachmentEntry => v.is(schema, entry));
}

/** The name for the user and, where the entry is read, for the model. */
export function labelOf(entry: AttachmentEntry): string {
  switch (entry.kind) {
    case 'file':
      return fileLabel(vscode.Uri.parse(entry.uri));
    case 'symbol':
      return entry.name;
    case 'problems':
      return entry.uri === undefined
        ? vscode.l10n.t('Problems')
        : vscode.l10n.t('Problems in {0}', fileLabel(vscode.Uri.parse(entry.uri)));
    case 'changes':
      return vscode.l10n.t('Git Changes');
    case 'snapshot':
      return entry.attachment.label;
  }
}

/** The label without folders, for a chip. */
export function shortLabelOf(entry: AttachmentEntry): string {
  const label = labelOf(entry);
  const isPath = entry.kind === 'file' || entry.kind === 'snapshot';
  return isPath ? label.slice(label.lastIndexOf('/') + 1) : label;
}

/** The full origin of an entry. */
export function titleOf(entry: AttachmentEntry): string {
  const source = entry.kind === 'snapshot' ? entry.attachment.source?.uri : sourceOf(entry);
  if (source === undefined) return labelOf(entry);
  const address = vscode.Uri.parse(source);
  const path = address.scheme === 'file' ? address.fsPath : address.path;
  return entry.kind === 'file' ? path : `${labelOf(entry)} – ${path}`;
}

function sourceOf(entry: Exclude<AttachmentEntry, { kind: 'snapshot' }>): string | undefined {
  return entry.kind === 'changes' ? undefined : entry.uri;
}

/** True if both stand for the same content, which is attached only once. */
export function isSame(one: AttachmentEntry, other: AttachmentEntry): boolean {
  return JSON.stringify({ ...one, id: '' }) === JSON.stringify({ ...other, id: '' });
}

/** The content of an entry at this moment, or why there is none. */
export type ResolvedAttachment =
  | { readonly kind: 'usable'; readonly attachment: Attachment }
  | { readonly kind: 'unusable'; readonly reason: string };

/** An entry with its content. */
export type ResolvedEntry = readonly [AttachmentEntry, ResolvedAttachment];
