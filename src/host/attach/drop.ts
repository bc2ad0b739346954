import * as vscode from 'vscode';
import { inertValue } from '../../core/text/inert';
import { showDialog, showInformation } from '../notifications';
import type { Reference } from './reference';

/**
 * Files among what was dropped; an address of the network is none, nor is what cannot be parsed. It is the page that
 * says what was dropped: what is not of the workspace is named to the user first, whatever the page shows.
 */
export async function droppedFiles(uris: readonly string[]): Promise<readonly Reference[]> {
  const files = uris.flatMap((text) => {
    const uri = parse(text);
    return uri && isReadable(uri) ? [uri] : [];
  });
  if (files.length === 0) {
    void showInformation(vscode.l10n.t('Nothing that was dropped is a file.'));
  }
  const foreign = files.filter(isForeign);
  const agreed = foreign.length === 0 || (await agreesTo(foreign));
  return files.filter((uri) => agreed || !isForeign(uri)).map(fileReference);
}

function isForeign(uri: vscode.Uri): boolean {
  return uri.scheme !== 'untitled' && !vscode.workspace.getWorkspaceFolder(uri);
}

async function agreesTo(files: readonly vscode.Uri[]): Promise<boolean> {
  const attach = vscode.l10n.t('Attach');
  const chosen = await showDialog({
    severity: 'warning',
    text: vscode.l10n.t('Attach what is not in the workspace? It will be sent with your question.'),
    detail: files.map(({ fsPath }) => inertValue(fsPath)).join('\n'),
    buttons: [attach],
  });
  return chosen === attach;
}

export function fileReference(uri: vscode.Uri): Reference {
  return { kind: 'file', id: crypto.randomUUID(), uri: uri.toString() };
}

function parse(text: string): vscode.Uri | undefined {
  try {
    // Without steps up, behind which a file outside the workspace would look like one of it.
    return asThisHostKnows(vscode.Uri.joinPath(vscode.Uri.parse(text.trim(), true), '.'));
  } catch {
    return undefined;
  }
}

/** What a window calls a file of its remote machine is a file like any other to a host that runs there. */
function asThisHostKnows(uri: vscode.Uri): vscode.Uri {
  const { scheme, authority } = uri;
  // A host in a browser knows these itself.
  if (scheme !== 'vscode-remote' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined)
    return uri;
  const isHere = authority.split('+')[0] === vscode.env.remoteName;
  return isHere ? uri.with({ scheme: 'file', authority: '' }) : uri;
}

/** VS Code has a file system for it, or an editor. It has one for the network too, where nothing is fetched from. */
function isReadable({ scheme }: vscode.Uri): boolean {
  if (scheme === 'http' || scheme === 'https') return false;
  return scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}
