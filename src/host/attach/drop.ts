import * as vscode from 'vscode';
import type { Reference } from './reference';

/** Files among what was dropped; an address of the network is none, nor is what cannot be parsed. */
export function droppedFiles(uris: readonly string[]): readonly Reference[] {
  const files = uris.flatMap((text) => {
    const uri = parse(text);
    return uri && isReadable(uri) ? [uri] : [];
  });
  if (files.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing that was dropped is a file.'));
  }
  return files.map(fileReference);
}

export function fileReference(uri: vscode.Uri): Reference {
  return { kind: 'file', id: crypto.randomUUID(), uri: uri.toString() };
}

function parse(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text.trim(), true);
  } catch {
    return undefined;
  }
}

/** VS Code has a file system for it, or an editor. It has one for the network too, where nothing is fetched from. */
function isReadable({ scheme }: vscode.Uri): boolean {
  if (scheme === 'http' || scheme === 'https') return false;
  return scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}
