import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';
import { attachmentFormat } from '../storage/attachment-format';

/** Something that goes with the question that is being written: read when it is needed, unless it is `kept`. */
export type Reference =
  | FileReference
  | SymbolReference
  | { readonly kind: 'problems'; readonly id: string; readonly uri?: string }
  | { readonly kind: 'changes'; readonly id: string }
  | { readonly kind: 'kept'; readonly id: string; readonly attachment: Attachment };

export interface FileReference {
  readonly kind: 'file';
  readonly id: string;
  readonly uri: string;
}

/** A function or a class, wherever in its file it has come to be. */
export interface SymbolReference {
  readonly kind: 'symbol';
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  /** Where it was, from 0: of several with its name, the nearest is meant. */
  readonly line: number;
}

const id = v.string();
const uri = v.string();

const format: v.GenericSchema<unknown, Reference> = v.variant('kind', [
  v.object({ kind: v.literal('file'), id, uri }),
  v.object({ kind: v.literal('symbol'), id, uri, name: v.string(), line: v.number() }),
  v.object({ kind: v.literal('problems'), id, uri: v.exactOptional(uri) }),
  v.object({ kind: v.literal('changes'), id }),
  v.object({ kind: v.literal('kept'), id, attachment: attachmentFormat }),
]);

/** Those of a stored list that can be read. */
export function readReferences(stored: readonly unknown[]): readonly Reference[] {
  return stored.filter((entry): entry is Reference => v.is(format, entry));
}

/** How it is named to the user and, where it is read, to the model. */
export function labelOf(reference: Reference): string {
  switch (reference.kind) {
    case 'file':
      return fileLabel(vscode.Uri.parse(reference.uri));
    case 'symbol':
      return reference.name;
    case 'problems':
      return reference.uri === undefined
        ? vscode.l10n.t('Problems')
        : vscode.l10n.t('Problems in {0}', fileLabel(vscode.Uri.parse(reference.uri)));
    case 'changes':
      return vscode.l10n.t('Git Changes');
    case 'kept':
      return reference.attachment.label;
  }
}

/** Its label in short, as a chip has little room: without the folders. */
export function shortLabelOf(reference: Reference): string {
  const label = labelOf(reference);
  const isPath = reference.kind === 'file' || reference.kind === 'kept';
  return isPath ? label.slice(label.lastIndexOf('/') + 1) : label;
}

/** Where it is from, in full. */
export function titleOf(reference: Reference): string {
  const source = reference.kind === 'kept' ? reference.attachment.source?.uri : sourceOf(reference);
  if (source === undefined) return labelOf(reference);
  const address = vscode.Uri.parse(source);
  const path = address.scheme === 'file' ? address.fsPath : address.path;
  return reference.kind === 'file' ? path : `${labelOf(reference)} – ${path}`;
}

function sourceOf(reference: Exclude<Reference, { kind: 'kept' }>): string | undefined {
  return reference.kind === 'changes' ? undefined : reference.uri;
}

const icons = {
  file: 'file',
  selection: 'list-selection',
  symbol: 'symbol-method',
  problems: 'warning',
  changes: 'git-compare',
  terminal: 'terminal',
  paste: 'clippy',
} as const;

export function iconOf(reference: Reference): string {
  return icons[reference.kind === 'kept' ? reference.attachment.kind : reference.kind];
}

/** Whether both are the same thing, which goes with a question once. */
export function isSame(one: Reference, other: Reference): boolean {
  return JSON.stringify({ ...one, id: '' }) === JSON.stringify({ ...other, id: '' });
}
